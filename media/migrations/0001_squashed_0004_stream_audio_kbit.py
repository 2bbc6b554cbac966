"""Everything up to 0004 in one step, for a database that is made today; others have taken the steps one by one."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import media.models.photo
import media.models.stream
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('media', '0001_initial'),
        ('media', '0002_picture_desk'),
        ('media', '0003_library_indexes'),
        ('media', '0004_stream_audio_kbit'),
    ]

    initial = True

    dependencies = [('newsroom', '0001_squashed_0007_endpoints')]

    operations = [
        migrations.CreateModel(
            name='Photo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('image', models.FileField(max_length=200, storage=media.models.photo.originals, upload_to=media.models.photo.original_name, verbose_name='file')),
                ('title', models.CharField(blank=True, max_length=255, verbose_name='title')),
                ('caption', models.TextField(blank=True, help_text='Who, what, where and when. Stands under the photo.', verbose_name='caption')),
                ('alt', models.TextField(blank=True, help_text='What is to be seen, for those who cannot see it. Not the caption again.', verbose_name='alt text')),
                ('is_decorative', models.BooleanField(default=False, help_text='Says nothing the text does not: screen readers pass it by.', verbose_name='decorative')),
                ('credit', models.CharField(blank=True, help_text='As it stands after “Photo:”, such as an agency or a name.', max_length=255, verbose_name='credit')),
                ('creator', models.CharField(blank=True, max_length=255, verbose_name='photographer')),
                ('copyright_notice', models.CharField(blank=True, max_length=500, verbose_name='copyright notice')),
                ('licence', models.CharField(choices=[('own', 'Our own photo'), ('agency', 'Agency subscription'), ('handout', 'Handout, free for news'), ('single_use', 'Bought for one use'), ('cc0', 'CC0 or public domain'), ('cc_by', 'Creative Commons, with credit'), ('unknown', 'Not known yet')], default='unknown', max_length=12, verbose_name='licence')),
                ('usage_terms', models.TextField(blank=True, verbose_name='usage terms')),
                ('valid_until', models.DateTimeField(blank=True, help_text='From then on it leaves every page. Empty: no end.', null=True, verbose_name='may be shown until')),
                ('do_not_publish', models.BooleanField(default=False, verbose_name='do not publish')),
                ('taken_at', models.DateTimeField(blank=True, null=True, verbose_name='taken at')),
                ('place', models.CharField(blank=True, max_length=255, verbose_name='place')),
                ('keywords', models.JSONField(blank=True, default=list, verbose_name='keywords')),
                ('digital_source_type', models.CharField(blank=True, help_text='An IPTC code: camera, drawing, made by a machine …', max_length=255, verbose_name='digital source type')),
                ('file_name', models.CharField(blank=True, help_text='As it was uploaded.', max_length=255, verbose_name='file name')),
                ('is_archived', models.BooleanField(default=False, help_text='Stays where it is used, and is no longer offered.', verbose_name='archived')),
                ('focal_x', models.FloatField(default=0.5, help_text='0 is the left edge, 1 the right edge. Crops keep this point.', validators=[django.core.validators.MinValueValidator(0.0), django.core.validators.MaxValueValidator(1.0)], verbose_name='focal point, across')),
                ('focal_y', models.FloatField(default=0.5, help_text='0 is the top edge, 1 the bottom edge.', validators=[django.core.validators.MinValueValidator(0.0), django.core.validators.MaxValueValidator(1.0)], verbose_name='focal point, down')),
                ('width', models.PositiveIntegerField(editable=False, verbose_name='width')),
                ('height', models.PositiveIntegerField(editable=False, verbose_name='height')),
                ('byte_size', models.PositiveBigIntegerField(editable=False, verbose_name='size in bytes')),
                ('format', models.CharField(editable=False, max_length=8, verbose_name='format')),
                ('sha256', models.CharField(editable=False, max_length=64, unique=True)),
                ('colour', models.CharField(blank=True, editable=False, max_length=7)),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('search_text', models.TextField(blank=True, editable=False)),
                ('key', models.CharField(default=media.models.photo.new_key, editable=False, max_length=16)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='added')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                ('uploaded_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='photos', to=settings.AUTH_USER_MODEL, verbose_name='uploaded by')),
            ],
            options={
                'verbose_name': 'photo',
                'verbose_name_plural': 'photos',
                'ordering': ['-created_at', '-pk'],
                'indexes': [models.Index(fields=['-created_at', '-id'], name='photo_newest'), models.Index(condition=models.Q(('creator', ''), _negated=True), fields=['creator'], name='photo_creator'), models.Index(condition=models.Q(('valid_until__isnull', False)), fields=['valid_until'], name='photo_expiry')],
                'constraints': [models.CheckConstraint(condition=models.Q(('focal_x__gte', 0), ('focal_x__lte', 1), ('focal_y__gte', 0), ('focal_y__lte', 1)), name='photo_focal_point_lies_inside', violation_error_message='The focal point lies outside the photo.'), models.CheckConstraint(condition=models.Q(('byte_size__gt', 0), ('height__gt', 0), ('width__gt', 0)), name='photo_has_a_size'), models.CheckConstraint(condition=models.Q(('licence__in', ['own', 'agency', 'handout', 'single_use', 'cc0', 'cc_by', 'unknown'])), name='photo_licence_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Collection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='name')),
                ('description', models.TextField(blank=True, verbose_name='description')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='added')),
                ('photos', models.ManyToManyField(blank=True, related_name='collections', to='media.photo', verbose_name='photos')),
            ],
            options={
                'verbose_name': 'collection',
                'verbose_name_plural': 'collections',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Stream',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='channel')),
                ('label', models.CharField(blank=True, help_text='Short name for menus. Empty: the channel.', max_length=40, verbose_name='label')),
                ('programme_title', models.CharField(blank=True, help_text='What is on now.', max_length=160, verbose_name='programme')),
                ('description', models.TextField(blank=True, verbose_name='description')),
                ('video_url', models.CharField(blank=True, help_text='HLS (.m3u8) or MP4, https.', max_length=500, validators=[media.models.stream.validate_stream_url], verbose_name='video address')),
                ('audio_url', models.CharField(blank=True, max_length=500, validators=[media.models.stream.validate_stream_url], verbose_name='audio address')),
                ('video_file', models.FileField(blank=True, help_text='Used when there is no address.', upload_to='streams/', validators=[django.core.validators.FileExtensionValidator(['mp4', 'm4v', 'webm'])], verbose_name='video file')),
                ('audio_file', models.FileField(blank=True, help_text='Used when there is no address.', upload_to='streams/', validators=[django.core.validators.FileExtensionValidator(['mp3', 'm4a', 'aac', 'ogg', 'opus', 'oga'])], verbose_name='audio file')),
                ('audio_kbit', models.PositiveSmallIntegerField(blank=True, help_text='Shown to listeners with the data it uses. Empty: not said.', null=True, validators=[django.core.validators.MinValueValidator(8), django.core.validators.MaxValueValidator(2000)], verbose_name='sound, kbit a second')),
                ('captions_file', models.FileField(blank=True, help_text='WebVTT, for those who cannot hear the sound.', upload_to='streams/', validators=[django.core.validators.FileExtensionValidator(['vtt'])], verbose_name='captions file')),
                ('language', models.CharField(choices=[('en', 'English'), ('es', 'Spanish'), ('ar', 'Arabic')], default='en', max_length=12, verbose_name='language')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('is_on_air', models.BooleanField(default=False, verbose_name='on air')),
                ('starts_at', models.DateTimeField(blank=True, null=True, verbose_name='begins at')),
                ('ends_at', models.DateTimeField(blank=True, null=True, verbose_name='ends at')),
                ('poster', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='streams', to='media.photo', verbose_name='still picture')),
            ],
            options={
                'verbose_name': 'stream',
                'verbose_name_plural': 'streams',
                'ordering': ['position', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('is_on_air', False), models.Q(('video_url', ''), _negated=True), models.Q(('audio_url', ''), _negated=True), models.Q(('video_file', ''), _negated=True), models.Q(('audio_file', ''), _negated=True), _connector='OR'), name='stream_on_air_has_a_source', violation_error_message='A stream on air needs an address or a file.'), models.CheckConstraint(condition=models.Q(('starts_at__isnull', True), ('ends_at__isnull', True), ('ends_at__gt', models.F('starts_at')), _connector='OR'), name='stream_ends_after_it_begins', violation_error_message='The programme must end after it begins.')],
            },
        ),
    ]
