from xiezuo.forms.models.draft import Draft

__all__ = ["Draft"]
