"""Fields that are asked for only while another holds a certain value."""

from xiezuo.forms.definitions import FieldDef
from xiezuo.forms.filling.values import Typed
from xiezuo.forms.vocab import FieldType

TYPED_HERE = "entered"


def fits(field: FieldDef, beside: tuple[FieldDef, ...], typed: Typed, before: str = "") -> bool:
    """Whether the field is asked for. `beside`: the fields of the same form or row; `before`: how their names begin. What
    hangs on a field that is itself not asked for is not asked for either; in a row a field of the form may be named."""
    if field.when is None:
        return True
    other = next((one for one in beside if one.key == field.when.field), None)
    if other is not None and not fits(other, tuple(one for one in beside if one != field), typed, before):
        return False
    name = f"{before}{field.when.field}" if other is not None else field.when.field
    held = [text for text in typed.get(name, ()) if text.strip()]
    return not set(field.when.values).isdisjoint(held or [""])


def is_must(field: FieldDef) -> bool:
    """Whether someone who fills it in here has to answer, where it fits; later steps of the record ask for the rest."""
    some = field.type == FieldType.ROWS and field.least is not None and field.least > 0
    asked = field.required or some or (field.when is not None and field.when.must) or field.must_at == TYPED_HERE
    return asked and field.must_at in {"", TYPED_HERE}
