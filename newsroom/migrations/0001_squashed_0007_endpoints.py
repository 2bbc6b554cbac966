"""Everything up to 0007 in one step, for a database that is made today; others have taken the steps one by one."""

import django.contrib.auth.models
import django.contrib.auth.validators
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import newsroom.languages
import newsroom.models.endpoint
import newsroom.models.site
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('newsroom', '0001_initial'),
        ('newsroom', '0002_show_changes'),
        ('newsroom', '0003_other_sections'),
        ('newsroom', '0004_notices'),
        ('newsroom', '0005_audit_and_second_step'),
        ('newsroom', '0006_comment_settings'),
        ('newsroom', '0007_endpoints'),
    ]

    initial = True

    dependencies = [('auth', '0012_alter_user_first_name_max_length')]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('name', models.CharField(blank=True, help_text='Shown beside comments and on the desk.', max_length=80, verbose_name='name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('sees_other_sections', models.BooleanField(default=True, help_text='For somebody whose roles are limited to sections: off hides what is not published elsewhere.', verbose_name='sees drafts of other sections')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'account',
                'verbose_name_plural': 'accounts',
                'abstract': False,
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), condition=models.Q(('email', ''), _negated=True), name='user_email_unique_in_any_case', violation_error_message='An account with this e-mail address already exists.'), models.UniqueConstraint(django.db.models.functions.text.Lower('username'), name='user_username_unique_in_any_case', violation_error_message='An account with this user name already exists.')],
            },
            managers=[
                ('objects', django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name='Endpoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('kind', models.CharField(choices=[('webhook', 'Webhook, signed JSON'), ('websub', 'WebSub hub, for feeds'), ('indexnow', 'IndexNow, for search engines')], default='webhook', max_length=10, verbose_name='kind')),
                ('url', models.URLField(max_length=500, verbose_name='address')),
                ('events', models.JSONField(default=newsroom.models.endpoint.every_event, verbose_name='tell when an article is')),
                ('secret', models.CharField(default=newsroom.models.endpoint.new_secret, editable=False, max_length=32, verbose_name='secret')),
                ('is_active', models.BooleanField(default=True, verbose_name='is told')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='begun')),
            ],
            options={
                'verbose_name': 'endpoint',
                'verbose_name_plural': 'endpoints',
                'ordering': ['name', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['webhook', 'websub', 'indexnow'])), name='endpoint_kind_is_known')],
            },
        ),
        migrations.CreateModel(
            name='SiteIdentity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(default='Newsroom', max_length=80, verbose_name='name')),
                ('tagline', models.CharField(blank=True, max_length=160, verbose_name='tagline')),
                ('logo', models.ImageField(blank=True, help_text='Square picture, PNG, JPEG or WebP. Empty: the drawn mark.', upload_to='site/', validators=[django.core.validators.FileExtensionValidator(['png', 'jpg', 'jpeg', 'webp'])], verbose_name='logo')),
                ('about', models.TextField(blank=True, help_text='One or two sentences for the footer.', verbose_name='about')),
                ('contact_email', models.EmailField(blank=True, max_length=254, verbose_name='contact address')),
                ('language', models.CharField(choices=[('en', 'English'), ('es', 'Spanish'), ('ar', 'Arabic')], default=newsroom.languages.default_language, max_length=12, verbose_name='main language')),
                ('languages', models.JSONField(default=newsroom.models.site.default_languages, help_text='Codes of the editions, for example ["en", "es"].', verbose_name='languages')),
                ('comment_mode', models.CharField(choices=[('open', 'Open'), ('moderated', 'A moderator reads first'), ('members', 'Signed-in readers only'), ('closed', 'Closed, comments stay visible'), ('off', 'Off, comments are hidden')], default='moderated', max_length=12, verbose_name='comments')),
                ('guest_comments', models.BooleanField(default=False, help_text='With name and e-mail address.', verbose_name='guests may comment')),
                ('comment_days', models.PositiveSmallIntegerField(default=0, help_text='Counted from publication. 0: never. Sections and articles may say otherwise.', verbose_name='comments close after days')),
                ('comments_paused', models.BooleanField(default=False, help_text='Nobody can write anywhere until you switch this off.', verbose_name='pause all comments')),
                ('comments_pause_note', models.CharField(blank=True, help_text='Readers see it in place of the form.', max_length=200, verbose_name='sentence for the pause')),
                ('comment_edit_minutes', models.PositiveSmallIntegerField(default=10, help_text='How long readers may change what they wrote. 0: not at all.', verbose_name='minutes to edit a comment')),
                ('former_readers', models.CharField(choices=[('keep', 'Stay, without the name'), ('remove', 'Are removed')], default='keep', help_text="What becomes of a reader's comments when they delete their account.", max_length=8, verbose_name='comments of deleted accounts')),
                ('show_changes', models.BooleanField(default=True, help_text='Every article that was updated has a page on which readers see what changed.', verbose_name='show changes')),
                ('second_step_roles', models.JSONField(blank=True, default=list, help_text='Who has one of these roles signs in with an app or a passkey besides the password.', verbose_name='second step for')),
                ('stamp', models.CharField(default=newsroom.models.site.new_stamp, editable=False, max_length=32)),
            ],
            options={
                'verbose_name': 'site identity',
                'verbose_name_plural': 'site identity',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='site_identity_is_one_row')],
            },
        ),
        migrations.CreateModel(
            name='AuditEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when')),
                ('act', models.CharField(choices=[('signed_in', 'Signed in'), ('signed_out', 'Signed out'), ('sign_in_failed', 'Sign-in failed'), ('code_failed', 'Wrong code of the second step'), ('locked', 'Sign-in locked'), ('password_changed', 'Password changed'), ('second_step_added', 'Second step set up'), ('second_step_removed', 'Second step removed'), ('added', 'Added'), ('changed', 'Changed'), ('deleted', 'Deleted')], max_length=24, verbose_name='act')),
                ('name', models.CharField(blank=True, max_length=254, verbose_name='name given')),
                ('subject', models.CharField(blank=True, max_length=200, verbose_name='what')),
                ('detail', models.TextField(blank=True, verbose_name='detail')),
                ('address', models.GenericIPAddressField(null=True, verbose_name='network address')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
            ],
            options={
                'verbose_name': 'event',
                'verbose_name_plural': 'audit log',
                'ordering': ['-at', '-pk'],
                'default_permissions': ('view',),
                'indexes': [models.Index(fields=['-at', '-id'], name='audit_event_newest'), models.Index(fields=['by', '-at', '-id'], name='audit_event_of_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(('act__in', ['signed_in', 'signed_out', 'sign_in_failed', 'code_failed', 'locked', 'password_changed', 'second_step_added', 'second_step_removed', 'added', 'changed', 'deleted'])), name='audit_act_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60, verbose_name='key')),
                ('event', models.CharField(max_length=12, verbose_name='event')),
                ('subject', models.PositiveBigIntegerField(null=True, verbose_name='article')),
                ('about', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('delivered', 'Delivered'), ('dead', 'Given up'), ('dropped', 'No longer true')], default='waiting', max_length=10, verbose_name='state')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='queued')),
                ('next_try_at', models.DateTimeField(verbose_name='next try')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='tries')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='decided')),
                ('last_error', models.CharField(blank=True, max_length=300, verbose_name='last error')),
                ('endpoint', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='newsroom.endpoint', verbose_name='endpoint')),
            ],
            options={
                'verbose_name': 'delivery',
                'verbose_name_plural': 'deliveries',
                'ordering': ['-pk'],
                'default_permissions': ('view',),
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['next_try_at', 'id'], name='delivery_due'), models.Index(condition=models.Q(('state', 'waiting')), fields=['subject'], name='delivery_of_subject'), models.Index(condition=models.Q(('state', 'dead')), fields=['-id'], name='delivery_dead'), models.Index(condition=models.Q(('state', 'waiting'), _negated=True), fields=['decided_at'], name='delivery_decided')],
                'constraints': [models.UniqueConstraint(fields=('endpoint', 'key'), name='delivery_once_an_endpoint'), models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'delivered', 'dead', 'dropped'])), name='delivery_state_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('key', models.CharField(help_text='What it is about: the same thing is said once.', max_length=80)),
                ('about', models.CharField(max_length=200)),
                ('note', models.TextField(blank=True)),
                ('url', models.CharField(max_length=300)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('read_at', models.DateTimeField(null=True)),
                ('by_mail', models.BooleanField(default=False)),
                ('sent_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'notice',
                'verbose_name_plural': 'notices',
                'ordering': ['-created_at', '-pk'],
                'indexes': [models.Index(fields=['person', '-created_at', '-id'], name='notice_of_person_newest'), models.Index(condition=models.Q(('read_at__isnull', True)), fields=['person'], name='notice_unread'), models.Index(condition=models.Q(('by_mail', True), ('sent_at__isnull', True)), fields=['id'], name='notice_unsent')],
                'constraints': [models.UniqueConstraint(fields=('person', 'key'), name='notice_is_given_once'), models.CheckConstraint(condition=models.Q(('by_mail', True), ('sent_at__isnull', True), _connector='OR'), name='only_mail_is_sent')],
            },
        ),
        migrations.CreateModel(
            name='NoticeChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('by_mail', models.BooleanField()),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='notice_choices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'choice of notices',
                'verbose_name_plural': 'choices of notices',
                'constraints': [models.UniqueConstraint(fields=('person', 'kind'), name='notice_choice_once')],
            },
        ),
        migrations.CreateModel(
            name='SocialLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=40, verbose_name='label')),
                ('url', models.URLField(max_length=300, verbose_name='address')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('site', models.ForeignKey(default=1, on_delete=django.db.models.deletion.CASCADE, related_name='social_links', to='newsroom.siteidentity')),
            ],
            options={
                'verbose_name': 'social link',
                'verbose_name_plural': 'social links',
                'ordering': ['position', 'pk'],
            },
        ),
    ]
