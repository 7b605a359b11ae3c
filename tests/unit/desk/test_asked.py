"""What a listing of the desk is narrowed to."""

from sayso.desk.asked import Asked


def test_a_place_is_looked_for_by_what_maps_call_it_too() -> None:
    assert Asked(place="Energodar").filters.also_called == ("Enerhodar",)
    assert Asked(place=" ").filters.also_called == ()
