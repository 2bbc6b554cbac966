"""Everything up to 0011 in one step, for a database that is made today; others have taken the steps one by one.

What the steps did to rows is left out: there are none yet.
"""

import comments.models.search_entry
from importlib import import_module

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

search = import_module("comments.migrations.0005_comments_search")  # a name that begins with a digit


class Migration(migrations.Migration):

    replaces = [
        ('comments', '0001_initial'),
        ('comments', '0002_newest_acts'),
        ('comments', '0003_reader_standings'),
        ('comments', '0004_moderators_tools'),
        ('comments', '0005_comments_search'),
        ('comments', '0006_fill_comments_search'),
        ('comments', '0007_comment_rules'),
        ('comments', '0008_readers'),
        ('comments', '0009_count_replies'),
        ('comments', '0010_appeals_figures_alerts'),
        ('comments', '0011_hook_message_taken'),
    ]

    initial = True

    dependencies = [('articles', '0001_squashed_0038_known_translations'), ('newsroom', '0001_squashed_0007_endpoints')]

    operations = [
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('guest_name', models.CharField(blank=True, max_length=80, verbose_name="guest's name")),
                ('guest_email', models.EmailField(blank=True, max_length=254, verbose_name="guest's e-mail address")),
                ('body', models.TextField(verbose_name='text')),
                ('status', models.CharField(choices=[('waiting', 'Waiting'), ('published', 'Approved'), ('rejected', 'Rejected'), ('spam', 'Spam'), ('removed', 'Removed'), ('deleted', 'Deleted by its author')], default='waiting', max_length=12, verbose_name='state')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                ('phase', models.CharField(blank=True, max_length=20, verbose_name='phase that decided')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='why it was held')),
                ('rejection', models.CharField(blank=True, choices=[('off_topic', 'It is not about this article'), ('insult', 'It insults somebody'), ('hatred', 'It spreads hatred'), ('false_claim', 'It claims what is not true'), ('other', 'It breaks the comment rules')], max_length=12, verbose_name='why it was rejected')),
                ('is_pick', models.BooleanField(default=False, verbose_name="editors' pick")),
                ('is_pinned', models.BooleanField(default=False, verbose_name='pinned')),
                ('is_answered', models.BooleanField(default=False, editable=False)),
                ('reply_count', models.PositiveIntegerField(default=0, editable=False)),
                ('recommend_count', models.PositiveIntegerField(default=0, editable=False)),
                ('edited_at', models.DateTimeField(blank=True, null=True, verbose_name='edited')),
                ('address_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('fingerprint', models.CharField(blank=True, editable=False, max_length=64)),
                ('words_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('origin', models.CharField(blank=True, editable=False, max_length=120)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='articles.article', verbose_name='article')),
                ('author', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='comments', to=settings.AUTH_USER_MODEL, verbose_name='reader')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='comments.comment', verbose_name='in reply to')),
                ('thread', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='comments.comment')),
            ],
            options={
                'verbose_name': 'comment',
                'verbose_name_plural': 'comments',
                'ordering': ['created_at', 'pk'],
                'permissions': [('moderate_comment', 'Can approve, reject and remove comments')],
                'indexes': [models.Index(condition=models.Q(('parent__isnull', True)), fields=['article', '-created_at', '-id'], name='comment_threads_of_article'), models.Index(condition=models.Q(('parent__isnull', True)), fields=['article', '-recommend_count', '-created_at', '-id'], name='comment_threads_recommended'), models.Index(condition=models.Q(('parent__isnull', True)), fields=['article', '-is_answered', '-created_at', '-id'], name='comment_threads_answered'), models.Index(condition=models.Q(('is_pinned', True)), fields=['article'], name='comment_pinned'), models.Index(fields=['thread', 'id'], name='comment_in_thread'), models.Index(condition=models.Q(('status', 'waiting')), fields=['created_at', 'id'], name='comment_waiting'), models.Index(fields=['status', '-decided_at', '-id'], name='comment_decided'), models.Index(fields=['author', 'status'], name='comment_of_author'), models.Index(fields=['author', '-created_at', '-id'], name='comment_of_author_newest'), models.Index(condition=models.Q(('guest_email', ''), _negated=True), fields=['guest_email', 'status'], name='comment_of_guest'), models.Index(condition=models.Q(('words_hash', ''), _negated=True), fields=['words_hash', '-id'], name='comment_of_words'), models.Index(condition=models.Q(('address_hash', ''), _negated=True), fields=['address_hash', '-id'], name='comment_of_address'), models.Index(condition=models.Q(('address_hash', ''), _negated=True), fields=['created_at'], name='comment_with_address'), models.Index(fields=['-created_at', '-id'], name='comment_newest'), models.Index(fields=['status', '-created_at', '-id'], name='comment_newest_in_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['waiting', 'published', 'rejected', 'spam', 'removed', 'deleted'])), name='comment_status_is_known'), models.CheckConstraint(condition=models.Q(('status', 'waiting'), ('decided_at__isnull', False), _connector='OR'), name='decided_comment_has_a_time'), models.CheckConstraint(condition=models.Q(('parent', models.F('pk')), _negated=True), name='comment_is_not_its_own_parent'), models.CheckConstraint(condition=models.Q(('body', ''), _negated=True), name='comment_says_something'), models.UniqueConstraint(condition=models.Q(('fingerprint', ''), _negated=True), fields=('fingerprint',), name='comment_is_posted_once'), models.UniqueConstraint(condition=models.Q(('origin', ''), _negated=True), fields=('origin',), name='comment_is_imported_once')],
            },
        ),
        migrations.CreateModel(
            name='QueueAlert',
            fields=[
                ('limit', models.CharField(choices=[('size', 'Many comments are waiting'), ('age', 'A comment has waited for long')], max_length=8, primary_key=True, serialize=False)),
                ('is_over', models.BooleanField(default=False)),
                ('crossings', models.PositiveIntegerField(default=0)),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='RulesText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('en', 'English'), ('es', 'Spanish'), ('ar', 'Arabic')], max_length=12, unique=True, verbose_name='language')),
                ('text', models.TextField(help_text='An empty line begins a new paragraph.', max_length=20000, verbose_name='text')),
            ],
            options={
                'verbose_name': 'comment rules for readers',
                'verbose_name_plural': 'comment rules for readers',
                'ordering': ['language'],
            },
        ),
        migrations.CreateModel(
            name='CannedReason',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rejection', models.CharField(choices=[('off_topic', 'It is not about this article'), ('insult', 'It insults somebody'), ('hatred', 'It spreads hatred'), ('false_claim', 'It claims what is not true'), ('other', 'It breaks the comment rules')], max_length=12, verbose_name='reason')),
                ('language', models.CharField(choices=[('en', 'English'), ('es', 'Spanish'), ('ar', 'Arabic')], max_length=12, verbose_name='language')),
                ('sentence', models.CharField(max_length=300, verbose_name='what the author reads')),
            ],
            options={
                'verbose_name': 'prewritten reason',
                'verbose_name_plural': 'prewritten reasons',
                'ordering': ['language', 'rejection'],
                'constraints': [models.UniqueConstraint(fields=('language', 'rejection'), name='reason_once_a_language', violation_error_message='This reason is written in this language already.')],
            },
        ),
        migrations.CreateModel(
            name='CommentRules',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('min_characters', models.PositiveIntegerField(default=2, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1000)], verbose_name='characters at least')),
                ('max_characters', models.PositiveIntegerField(default=4000, validators=[django.core.validators.MinValueValidator(50), django.core.validators.MaxValueValidator(20000)], verbose_name='characters at most')),
                ('rate_comments', models.PositiveIntegerField(default=3, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='comments by one reader')),
                ('rate_seconds', models.PositiveIntegerField(default=60, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(86400)], verbose_name='in so many seconds')),
                ('address_comments', models.PositiveIntegerField(default=20, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(200)], verbose_name='comments from one network address')),
                ('address_seconds', models.PositiveIntegerField(default=60, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(86400)], verbose_name='in so many seconds')),
                ('trap_answer', models.CharField(choices=[('waiting', 'Hold for a moderator'), ('rejected', 'Reject'), ('spam', 'Put to the spam')], default='spam', max_length=12, verbose_name='then')),
                ('min_seconds', models.PositiveIntegerField(default=2, help_text='0 switches this off.', validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(60)], verbose_name='seconds at least from opening the form to sending')),
                ('speed_answer', models.CharField(choices=[('waiting', 'Hold for a moderator'), ('rejected', 'Reject'), ('spam', 'Put to the spam')], default='waiting', max_length=12, verbose_name='then')),
                ('banned_answer', models.CharField(choices=[('waiting', 'Hold for a moderator'), ('rejected', 'Reject'), ('spam', 'Put to the spam')], default='rejected', max_length=12, verbose_name='then')),
                ('suspect_answer', models.CharField(choices=[('waiting', 'Hold for a moderator'), ('rejected', 'Reject'), ('spam', 'Put to the spam')], default='waiting', max_length=12, verbose_name='then')),
                ('links_allowed', models.PositiveIntegerField(default=0, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='links that are let pass')),
                ('links_hosts', models.TextField(blank=True, help_text='One host a line, such as example.org; its subdomains are meant too.', verbose_name='sites that do not count')),
                ('links_answer', models.CharField(choices=[('waiting', 'Hold for a moderator'), ('rejected', 'Reject'), ('spam', 'Put to the spam')], default='waiting', max_length=12, verbose_name='then')),
                ('repeat_readers', models.PositiveIntegerField(default=3, help_text='So many, or the same reader elsewhere, within the days below. 0 switches this off.', validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(1000)], verbose_name='readers with the same words')),
                ('repeat_days', models.PositiveIntegerField(default=7, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(365)], verbose_name='days')),
                ('repeat_characters', models.PositiveIntegerField(default=20, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(4000)], verbose_name='in texts of so many characters or more')),
                ('repeat_answer', models.CharField(choices=[('waiting', 'Hold for a moderator'), ('rejected', 'Reject'), ('spam', 'Put to the spam')], default='waiting', max_length=12, verbose_name='then')),
                ('account_hours', models.PositiveIntegerField(default=0, help_text='0 switches this off.', validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(8760)], verbose_name='hours that an account must be old')),
                ('record_rejected', models.PositiveIntegerField(default=3, help_text='0 switches this off.', validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(50)], verbose_name='rejected comments')),
                ('record_of', models.PositiveIntegerField(default=10, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(50)], verbose_name="of the reader's last")),
                ('first_comments', models.PositiveIntegerField(default=0, help_text='0 switches this off.', validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(50)], verbose_name='first comments of a reader that a moderator reads')),
                ('trusted_after', models.PositiveIntegerField(default=10, help_text='0: only moderators do.', validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(1000)], verbose_name='approved comments that make a reader trusted')),
                ('trusted_unread', models.BooleanField(default=False, help_text='Also where a moderator reads first.', verbose_name='trusted readers appear at once')),
                ('quiet_daily', models.PositiveIntegerField(default=3, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='comments a day in the slow lane')),
                ('proof_of', models.CharField(choices=[('nobody', 'Nobody'), ('guests', 'Guests'), ('everybody', 'Everybody but trusted readers')], default='nobody', max_length=12, verbose_name='proof of work is asked of')),
                ('proof_bits', models.PositiveIntegerField(default=15, help_text='Each step doubles the work; 15 takes a phone about a second. Without JavaScript a comment is held.', validators=[django.core.validators.MinValueValidator(8), django.core.validators.MaxValueValidator(20)], verbose_name='difficulty')),
                ('outside_url', models.CharField(blank=True, max_length=300, validators=[django.core.validators.URLValidator(schemes=['http', 'https'])], verbose_name='address of an outside filter')),
                ('outside_milliseconds', models.PositiveIntegerField(default=2000, validators=[django.core.validators.MinValueValidator(100), django.core.validators.MaxValueValidator(10000)], verbose_name='it must answer in so many milliseconds')),
                ('outside_failing', models.CharField(choices=[('hold', 'Hold for a moderator'), ('pass', 'Let pass')], default='hold', max_length=12, verbose_name='if it does not')),
                ('alert_size', models.PositiveIntegerField(default=50, help_text='0 switches this off.', validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100000)], verbose_name='comments waiting')),
                ('alert_minutes', models.PositiveIntegerField(default=240, help_text='0 switches this off.', validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100000)], verbose_name='minutes that the oldest has waited')),
                ('alert_url', models.CharField(blank=True, max_length=300, validators=[django.core.validators.URLValidator(schemes=['http', 'https'])], verbose_name='address that is told besides the letters')),
                ('address_days', models.PositiveIntegerField(default=90, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(730)], verbose_name='days that hashes of network addresses are kept')),
            ],
            options={
                'verbose_name': 'comment rules',
                'verbose_name_plural': 'comment rules',
                'default_permissions': ('view', 'change'),
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='comment_rules_is_one_row')],
            },
        ),
        migrations.CreateModel(
            name='HookMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True)),
                ('url', models.CharField(max_length=300)),
                ('payload', models.JSONField()),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('taken_at', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
            ],
            options={
                'default_permissions': (),
                'indexes': [models.Index(condition=models.Q(('sent_at__isnull', True)), fields=['id'], name='hook_message_unsent')],
            },
        ),
        migrations.CreateModel(
            name='MonthlyFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField()),
                ('language', models.CharField(max_length=12)),
                ('event', models.CharField(choices=[('published', 'Published at once'), ('held', 'Held for a moderator'), ('turned_down', 'Turned down by a rule'), ('junk', 'Put to the spam by a rule'), ('approve', 'Approved by a moderator'), ('reject', 'Rejected by a moderator'), ('spam', 'Marked as spam by a moderator'), ('remove', 'Removed by a moderator'), ('appeal', 'Appeals made'), ('grant', 'Appeals granted'), ('dismiss', 'Appeals dismissed')], max_length=12)),
                ('rule', models.CharField(blank=True, max_length=24)),
                ('number', models.IntegerField(default=0)),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('language', 'month', 'event', 'rule'), name='figure_once_a_month')],
            },
        ),
        migrations.CreateModel(
            name='Mute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('muted', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reader', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('reader', 'muted'), name='muted_once_a_reader'), models.CheckConstraint(condition=models.Q(('reader', models.F('muted')), _negated=True), name='nobody_mutes_themselves')],
            },
        ),
        migrations.CreateModel(
            name='ReaderChoice',
            fields=[
                ('reader', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='comment_choice', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('letters', models.CharField(choices=[('at_once', 'At once'), ('daily', 'Once a day, all in one'), ('never', 'Never')], default='at_once', max_length=8, verbose_name='mail about my comments')),
                ('letter_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('letters__in', ['at_once', 'daily', 'never'])), name='reader_choice_is_known')],
            },
        ),
        migrations.CreateModel(
            name='ReaderNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('guest_email', models.EmailField(blank=True, max_length=254, verbose_name="guest's e-mail address")),
                ('body', models.TextField(max_length=2000, verbose_name='note')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ('reader', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='moderators_notes', to=settings.AUTH_USER_MODEL, verbose_name='reader')),
            ],
            options={
                'verbose_name': 'note on a reader',
                'verbose_name_plural': 'notes on readers',
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['reader', '-at', '-id'], name='note_of_reader'), models.Index(condition=models.Q(('guest_email', ''), _negated=True), fields=['guest_email', '-at', '-id'], name='note_of_guest')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('guest_email', ''), ('reader__isnull', False)), models.Q(('reader__isnull', True), models.Q(('guest_email', ''), _negated=True)), _connector='OR'), name='note_is_of_one_reader'), models.CheckConstraint(condition=models.Q(('body', ''), _negated=True), name='note_on_reader_says_something')],
            },
        ),
        migrations.CreateModel(
            name='ReaderStatus',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(editable=False, max_length=80, unique=True)),
                ('standing', models.CharField(choices=[('new', 'New'), ('trusted', 'Trusted'), ('moderated', 'Always read first'), ('quiet', 'Slow lane'), ('suspended', 'Suspended'), ('banned', 'Banned')], default='new', max_length=12, verbose_name='standing')),
                ('until', models.DateTimeField(blank=True, null=True, verbose_name='until')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='why')),
                ('set_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='set')),
                ('reader', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='comment_status', to=settings.AUTH_USER_MODEL, verbose_name='reader')),
                ('set_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='set by')),
            ],
            options={
                'verbose_name': "reader's standing",
                'verbose_name_plural': "readers' standings",
                'ordering': ['-set_at', '-pk'],
                'indexes': [models.Index(fields=['standing', '-set_at', '-id'], name='reader_standing_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('standing__in', ['new', 'trusted', 'moderated', 'quiet', 'suspended', 'banned'])), name='reader_standing_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('standing', 'suspended'), _negated=True), ('until__isnull', False), _connector='OR'), name='suspension_has_an_end')],
            },
        ),
        migrations.CreateModel(
            name='SavedFilter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('query', models.CharField(max_length=600)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comment_filters', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'saved filter',
                'verbose_name_plural': 'saved filters',
                'ordering': ['name', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('owner', 'name'), name='filter_name_once_a_moderator')],
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField()),
                ('language', models.CharField(max_length=12)),
                ('event', models.CharField(choices=[('published', 'Published at once'), ('held', 'Held for a moderator'), ('turned_down', 'Turned down by a rule'), ('junk', 'Put to the spam by a rule'), ('approve', 'Approved by a moderator'), ('reject', 'Rejected by a moderator'), ('spam', 'Marked as spam by a moderator'), ('remove', 'Removed by a moderator'), ('appeal', 'Appeals made'), ('grant', 'Appeals granted'), ('dismiss', 'Appeals dismissed')], max_length=12)),
                ('rule', models.CharField(blank=True, max_length=24)),
                ('change', models.SmallIntegerField(default=1)),
            ],
            options={
                'default_permissions': (),
                'indexes': [models.Index(fields=['language', 'month'], name='tally_of_edition')],
            },
        ),
        migrations.CreateModel(
            name='WordList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('kind', models.CharField(choices=[('banned', 'Banned words'), ('suspect', 'Suspect words')], default='suspect', max_length=12, verbose_name='kind')),
                ('language', models.CharField(blank=True, choices=[('en', 'English'), ('es', 'Spanish'), ('ar', 'Arabic')], help_text='Empty: articles in every language.', max_length=12, verbose_name='language')),
                ('words', models.TextField(help_text='One word or several a line; # begins a remark. A word is found whole, however it is disguised. *word* is also found inside other words, word* at their beginning, *word at their end.', max_length=500000, verbose_name='words')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
            ],
            options={
                'verbose_name': 'word list',
                'verbose_name_plural': 'word lists',
                'ordering': ['kind', 'language', 'name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['banned', 'suspect'])), name='word_kind_is_known')],
            },
        ),
        migrations.CreateModel(
            name='CommentSearchEntry',
            fields=[
                ('comment', models.OneToOneField(db_column='rowid', db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='search_entry', serialize=False, to='comments.comment')),
                ('document', comments.models.search_entry.CommentDocumentField()),
            ],
            options={
                'verbose_name': 'search entry of a comment',
                'verbose_name_plural': 'search entries of comments',
                'db_table': 'comments_search',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=1000, verbose_name='what the reader says')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made')),
                ('state', models.CharField(choices=[('open', 'Open'), ('granted', 'Granted'), ('dismissed', 'Dismissed')], default='open', max_length=12, verbose_name='state')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='decided')),
                ('answer', models.CharField(blank=True, max_length=500, verbose_name='answer to the reader')),
                ('comment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='appeal', to='comments.comment')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('rejected_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='turned down by')),
            ],
            options={
                'verbose_name': 'appeal',
                'verbose_name_plural': 'appeals',
                'ordering': ['-made_at', '-pk'],
                'default_permissions': ('view',),
                'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['made_at', 'id'], name='appeal_open'), models.Index(fields=['-made_at', '-id'], name='appeal_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'granted', 'dismissed'])), name='appeal_state_is_known'), models.CheckConstraint(condition=models.Q(('state', 'open'), ('decided_at__isnull', False), _connector='OR'), name='decided_appeal_has_a_time')],
            },
        ),
        migrations.CreateModel(
            name='CommentReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reader_key', models.CharField(editable=False, max_length=64)),
                ('reason', models.CharField(choices=[('spam', 'Spam'), ('insult', 'Insult'), ('hatred', 'Hatred'), ('false_claim', 'False claim'), ('illegal', 'Illegal content'), ('other', 'Something else')], max_length=12, verbose_name='reason')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='reported')),
                ('handled_at', models.DateTimeField(blank=True, null=True, verbose_name='handled')),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='comments.comment')),
                ('reporter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='reader')),
            ],
            options={
                'verbose_name': 'report',
                'verbose_name_plural': 'reports',
                'ordering': ['-created_at', '-pk'],
                'indexes': [models.Index(condition=models.Q(('handled_at__isnull', True)), fields=['comment'], name='report_open'), models.Index(condition=models.Q(('reason', 'illegal')), fields=['-created_at', '-id'], name='report_of_illegal_content'), models.Index(condition=models.Q(('reporter__isnull', True)), fields=['created_at'], name='report_by_an_address')],
                'constraints': [models.UniqueConstraint(fields=('comment', 'reader_key'), name='report_once_a_reader'), models.CheckConstraint(condition=models.Q(('reason__in', ['spam', 'insult', 'hatred', 'false_claim', 'illegal', 'other'])), name='report_reason_is_known')],
            },
        ),
        migrations.CreateModel(
            name='CommentVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.TextField(verbose_name='text')),
                ('until', models.DateTimeField(default=django.utils.timezone.now, verbose_name='stood until')),
                ('comment', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='comments.comment')),
            ],
            options={
                'verbose_name': 'earlier text',
                'verbose_name_plural': 'earlier texts',
                'ordering': ['-until', '-pk'],
                'indexes': [models.Index(fields=['comment', '-until', '-id'], name='version_of_comment_newest')],
            },
        ),
        migrations.CreateModel(
            name='ModerationAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=[('approve', 'Approved'), ('reject', 'Rejected'), ('spam', 'Marked as spam'), ('remove', 'Removed'), ('undo', 'Undone'), ('pick', "Made an editors' pick"), ('unpick', "No longer an editors' pick"), ('reply', 'Answered by staff'), ('pin', 'Pinned'), ('unpin', 'No longer pinned'), ('grant', 'Appeal granted'), ('dismiss', 'Appeal dismissed')], max_length=10, verbose_name='act')),
                ('from_status', models.CharField(choices=[('waiting', 'Waiting'), ('published', 'Approved'), ('rejected', 'Rejected'), ('spam', 'Spam'), ('removed', 'Removed'), ('deleted', 'Deleted by its author')], max_length=12, verbose_name='from')),
                ('to_status', models.CharField(choices=[('waiting', 'Waiting'), ('published', 'Approved'), ('rejected', 'Rejected'), ('spam', 'Spam'), ('removed', 'Removed'), ('deleted', 'Deleted by its author')], max_length=12, verbose_name='to')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='why')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ('comment', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='actions', to='comments.comment')),
            ],
            options={
                'verbose_name': 'act of moderation',
                'verbose_name_plural': 'acts of moderation',
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['comment', '-at', '-id'], name='action_of_comment_newest'), models.Index(fields=['-at', '-id'], name='action_newest')],
            },
        ),
        migrations.CreateModel(
            name='ReaderNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('told', models.CharField(choices=[('answered', 'Answered'), ('published', 'Published'), ('rejected', 'Not published'), ('removed', 'Removed')], max_length=12)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='comments.comment')),
                ('reader', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['reader', '-at', '-id'], name='reader_notice_newest'), models.Index(condition=models.Q(('read_at__isnull', True)), fields=['reader'], name='reader_notice_unread'), models.Index(condition=models.Q(('sent_at__isnull', True)), fields=['at', 'reader'], name='reader_notice_unsent')],
                'constraints': [models.UniqueConstraint(fields=('comment', 'reader', 'told'), name='reader_is_told_once'), models.CheckConstraint(condition=models.Q(('told__in', ['answered', 'published', 'rejected', 'removed'])), name='reader_notice_kind_is_known')],
            },
        ),
        migrations.CreateModel(
            name='ReaderAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_standing', models.CharField(choices=[('new', 'New'), ('trusted', 'Trusted'), ('moderated', 'Always read first'), ('quiet', 'Slow lane'), ('suspended', 'Suspended'), ('banned', 'Banned')], max_length=12, verbose_name='from')),
                ('to_standing', models.CharField(choices=[('new', 'New'), ('trusted', 'Trusted'), ('moderated', 'Always read first'), ('quiet', 'Slow lane'), ('suspended', 'Suspended'), ('banned', 'Banned')], max_length=12, verbose_name='to')),
                ('until', models.DateTimeField(null=True, verbose_name='until')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='why')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ('status', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='acts', to='comments.readerstatus')),
            ],
            options={
                'verbose_name': 'change of standing',
                'verbose_name_plural': 'changes of standing',
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['status', '-at', '-id'], name='reader_act_newest')],
            },
        ),
        migrations.CreateModel(
            name='Recommendation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('comment', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='recommendations', to='comments.comment')),
                ('reader', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('comment', 'reader'), name='recommended_once_a_reader')],
            },
        ),
        migrations.RunPython(search.make, search.remove),
    ]
