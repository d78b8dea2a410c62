"""The login. A person who works here may also be in `people`; the two are tied there, and only if wished."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from xiezuo.common.days import now
from xiezuo.common.privacy import Privacy
from xiezuo.orgs.vocab import Language


class UserManager(BaseUserManager["User"]):
    def add(self, *, password: str | None = None, **fields: Any) -> "User":
        user = User(**fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Someone who may log in. `name` is what colleagues see; there is no e-mail address to need."""

    username = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=64)
    language = models.CharField(max_length=8, choices=Language.choices, default=Language.ZH)
    is_active = models.BooleanField(default=True)
    looked_at = models.DateTimeField(null=True)  # until when "what changed" has been seen
    created_at = models.DateTimeField(default=now)
    factor_asked_on = models.DateField(null=True)  # since when a second factor is asked of this login

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "username"
    privacy = {"username": Privacy.INTERNAL, "name": Privacy.INTERNAL, "password": Privacy.AUTHOR_ONLY}

    def __str__(self) -> str:
        return self.name
