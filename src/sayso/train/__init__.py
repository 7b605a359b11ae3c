"""Training: from the corpora to the int8 ONNX file that ships. Needs the extra ``train``; nothing at run time does.

python -m sayso.train --data ../shared/data --out runs/reader
"""
