from django.urls import path

from danvan.ui import views

app_name = "ui"
urlpatterns = [path("", views.gallery, name="gallery")]
