"""What the filter options are handed on as."""

from sayso.cli.options import as_filters


def test_a_place_is_looked_for_by_what_maps_call_it_too() -> None:
    assert as_filters({"place": "Energodar"}).also_called == ("Enerhodar",)
    assert as_filters({"place": None}).also_called == ()
