"""Practices, discussions and notices."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = 'fca21ed376f2'
down_revision = '36772f427dba'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('machine_translation',
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_machine_translation'))
    )
    with op.batch_alter_table('machine_translation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_machine_translation_at'), ['at'], unique=False)

    op.create_table('attachment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('object_kind', sa.Enum('practice', 'reply', name='object_kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('object_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('photo', 'file', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('file', sa.String(length=120), nullable=False),
    sa.Column('thumbnail', sa.String(length=120), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('width', sa.Integer(), nullable=True),
    sa.Column('height', sa.Integer(), nullable=True),
    sa.Column('alternative', sa.String(length=300), nullable=False),
    sa.Column('credit', sa.String(length=200), nullable=False),
    sa.Column('licence', sa.String(length=40), nullable=False),
    sa.Column('has_consent', sa.Boolean(), nullable=False),
    sa.Column('added_by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['added_by_id'], ['member.id'], name=op.f('fk_attachment_added_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attachment'))
    )
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.create_index('ix_attachment_object', ['object_kind', 'object_id'], unique=False)

    op.create_table('follow',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('topic', 'practice', 'theme', 'organisation', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('is_muted', sa.Boolean(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_follow_member_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_follow')),
    sa.UniqueConstraint('member_id', 'kind', 'key', name=op.f('uq_follow_member_id_kind_key'))
    )
    with op.batch_alter_table('follow', schema=None) as batch_op:
        batch_op.create_index('ix_follow_kind_key', ['kind', 'key'], unique=False)

    op.create_table('notice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=60), nullable=False),
    sa.Column('address', sa.String(length=300), nullable=False),
    sa.Column('object_kind', sa.String(length=40), nullable=False),
    sa.Column('object_id', sa.Integer(), nullable=False),
    sa.Column('values', sa.JSON(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('read_at', sa.DateTime(), nullable=True),
    sa.Column('digested_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_notice_member_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice'))
    )
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.create_index('ix_notice_member_id', ['member_id', 'id'], unique=False)
        batch_op.create_index('ix_notice_object', ['member_id', 'object_kind', 'object_id'], unique=False)

    op.create_table('report',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('object_kind', sa.Enum('reply', 'practice', name='object_kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('object_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('status', sa.Enum('open', 'settled', name='status', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('settled_at', sa.DateTime(), nullable=True),
    sa.Column('settled_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_report_member_id')),
    sa.ForeignKeyConstraint(['settled_by_id'], ['member.id'], name=op.f('fk_report_settled_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report'))
    )
    with op.batch_alter_table('report', schema=None) as batch_op:
        batch_op.create_index('ix_report_object', ['object_kind', 'object_id'], unique=False)
        batch_op.create_index('ix_report_status_at', ['status', 'at'], unique=False)

    op.create_table('topic',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('category', sa.Enum('question', 'experience', 'idea', 'partner_search', 'announcement', name='category', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('status', sa.Enum('open', 'answered', 'closed', name='status', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('themes', sa.JSON(), nullable=False),
    sa.Column('links', sa.JSON(), nullable=False),
    sa.Column('accepted_number', sa.Integer(), nullable=True),
    sa.Column('last_number', sa.Integer(), nullable=False),
    sa.Column('last_at', sa.DateTime(), nullable=False),
    sa.Column('last_author_id', sa.Integer(), nullable=True),
    sa.Column('pinned_until', sa.DateTime(), nullable=True),
    sa.Column('is_locked', sa.Boolean(), nullable=False),
    sa.Column('is_shown', sa.Boolean(), nullable=False),
    sa.Column('hidden_reason', sa.String(length=300), nullable=False),
    sa.Column('watched_at', sa.DateTime(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('search_text', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['member.id'], name=op.f('fk_topic_author_id')),
    sa.ForeignKeyConstraint(['last_author_id'], ['member.id'], name=op.f('fk_topic_last_author_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_topic_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_topic'))
    )
    with op.batch_alter_table('topic', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_topic_author_id'), ['author_id'], unique=False)
        batch_op.create_index('ix_topic_category_last_at', ['category', 'is_shown', 'last_at', 'id'], unique=False)
        batch_op.create_index('ix_topic_is_shown_last_at', ['is_shown', 'last_at', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_topic_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index('ix_topic_pinned_until', ['pinned_until'], unique=False)

    op.create_table('practice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('original_language', sa.String(length=8), nullable=False),
    sa.Column('status', sa.Enum('draft', 'submitted', 'changes_requested', 'published', 'archived', name='status', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('themes', sa.JSON(), nullable=False),
    sa.Column('target_groups', sa.JSON(), nullable=False),
    sa.Column('languages_used', sa.JSON(), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('city', sa.String(length=100), nullable=False),
    sa.Column('hides_city', sa.Boolean(), nullable=False),
    sa.Column('cost_band', sa.Enum('none', 'low', 'medium', 'high', 'very_high', name='cost_band', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('cost_rank', sa.Integer(), nullable=False),
    sa.Column('hours_rank', sa.Integer(), nullable=False),
    sa.Column('staff_hours', sa.Double(), nullable=True),
    sa.Column('group_size', sa.String(length=40), nullable=False),
    sa.Column('frequency_per_year', sa.Integer(), nullable=True),
    sa.Column('started', sa.String(length=7), nullable=False),
    sa.Column('life', sa.Enum('pilot', 'running', 'regular', 'ended', 'did_not_work', name='life', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('licence', sa.Enum('CC-BY-4.0', 'CC-BY-SA-4.0', 'CC0-1.0', 'network-internal', name='licence', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('is_public', sa.Boolean(), nullable=False),
    sa.Column('contact', sa.String(length=120), nullable=False),
    sa.Column('topic_id', sa.Integer(), nullable=True),
    sa.Column('editor_id', sa.Integer(), nullable=True),
    sa.Column('adoptions_count', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('submitted_at', sa.DateTime(), nullable=True),
    sa.Column('hidden_reason', sa.String(length=300), nullable=False),
    sa.Column('published_at', sa.DateTime(), nullable=True),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('search_text', sa.Text(), nullable=False),
    sa.CheckConstraint('staff_hours IS NULL OR staff_hours >= 0', name=op.f('ck_practice_staff_hours')),
    sa.ForeignKeyConstraint(['author_id'], ['member.id'], name=op.f('fk_practice_author_id')),
    sa.ForeignKeyConstraint(['editor_id'], ['member.id'], name=op.f('fk_practice_editor_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_practice_organisation_id')),
    sa.ForeignKeyConstraint(['topic_id'], ['topic.id'], name=op.f('fk_practice_topic_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_practice')),
    sa.UniqueConstraint('topic_id', name=op.f('uq_practice_topic_id'))
    )
    with op.batch_alter_table('practice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_practice_author_id'), ['author_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_practice_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index('ix_practice_status_adoptions_count', ['status', 'adoptions_count', 'id'], unique=False)
        batch_op.create_index('ix_practice_status_cost_rank', ['status', 'cost_rank', 'hours_rank', 'id'], unique=False)
        batch_op.create_index('ix_practice_status_published_at', ['status', 'published_at', 'id'], unique=False)

    op.create_table('read_mark',
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('topic_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_read_mark_member_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['topic_id'], ['topic.id'], name=op.f('fk_read_mark_topic_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('member_id', 'topic_id', name=op.f('pk_read_mark'))
    )
    with op.batch_alter_table('read_mark', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_read_mark_topic_id'), ['topic_id'], unique=False)

    op.create_table('reply',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('topic_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('author_function', sa.String(length=120), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('html', sa.Text(), nullable=False),
    sa.Column('quotes', sa.Integer(), nullable=True),
    sa.Column('thanks_count', sa.Integer(), nullable=False),
    sa.Column('is_shown', sa.Boolean(), nullable=False),
    sa.Column('is_waiting', sa.Boolean(), nullable=False),
    sa.Column('hidden_reason', sa.String(length=300), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('edited_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['member.id'], name=op.f('fk_reply_author_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_reply_organisation_id')),
    sa.ForeignKeyConstraint(['topic_id'], ['topic.id'], name=op.f('fk_reply_topic_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reply')),
    sa.UniqueConstraint('topic_id', 'number', name=op.f('uq_reply_topic_id_number'))
    )
    with op.batch_alter_table('reply', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reply_author_id'), ['author_id'], unique=False)
        batch_op.create_index('ix_reply_created_at', ['created_at'], unique=False)
        batch_op.create_index('ix_reply_waiting', ['id'], unique=False, sqlite_where=sa.text('is_waiting'), postgresql_where=sa.text('is_waiting'))

    op.create_table('report_note',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_report_note_member_id')),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_report_note_report_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_note'))
    )
    with op.batch_alter_table('report_note', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_report_note_report_id'), ['report_id'], unique=False)

    op.create_table('adoption',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('practice_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=True),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('changes', sa.Text(), nullable=False),
    sa.Column('cost', sa.String(length=200), nullable=False),
    sa.Column('result', sa.Text(), nullable=False),
    sa.Column('would_repeat', sa.Enum('yes', 'with_changes', 'no', 'too_early', name='would_repeat', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('hides_city', sa.Boolean(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('asked_30_at', sa.DateTime(), nullable=True),
    sa.Column('asked_90_at', sa.DateTime(), nullable=True),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_adoption_member_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_adoption_organisation_id')),
    sa.ForeignKeyConstraint(['practice_id'], ['practice.id'], name=op.f('fk_adoption_practice_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_adoption')),
    sa.UniqueConstraint('practice_id', 'organisation_id', name=op.f('uq_adoption_practice_id_organisation_id'))
    )
    with op.batch_alter_table('adoption', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_adoption_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_adoption_practice_id'), ['practice_id'], unique=False)

    op.create_table('field_question',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('practice_id', sa.Integer(), nullable=False),
    sa.Column('field', sa.String(length=40), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=True),
    sa.Column('asked_at', sa.DateTime(), nullable=False),
    sa.Column('answer', sa.String(length=300), nullable=False),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('answered_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['answered_by_id'], ['member.id'], name=op.f('fk_field_question_answered_by_id')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['member.id'], name=op.f('fk_field_question_asked_by_id')),
    sa.ForeignKeyConstraint(['practice_id'], ['practice.id'], name=op.f('fk_field_question_practice_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_field_question')),
    sa.UniqueConstraint('practice_id', 'field', name=op.f('uq_field_question_practice_id_field'))
    )
    op.create_table('practice_text',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('practice_id', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('need', sa.Text(), nullable=False),
    sa.Column('steps', sa.JSON(), nullable=False),
    sa.Column('partners', sa.Text(), nullable=False),
    sa.Column('resources', sa.Text(), nullable=False),
    sa.Column('results', sa.Text(), nullable=False),
    sa.Column('evidence', sa.Text(), nullable=False),
    sa.Column('newcomers_part', sa.Text(), nullable=False),
    sa.Column('lessons', sa.Text(), nullable=False),
    sa.Column('transferability', sa.Text(), nullable=False),
    sa.Column('origin', sa.Enum('original', 'human', 'machine', 'reviewed', name='origin', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('translator_id', sa.Integer(), nullable=True),
    sa.Column('reviewer_id', sa.Integer(), nullable=True),
    sa.Column('translates_number', sa.Integer(), nullable=True),
    sa.Column('changed_by_id', sa.Integer(), nullable=True),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['changed_by_id'], ['member.id'], name=op.f('fk_practice_text_changed_by_id')),
    sa.ForeignKeyConstraint(['practice_id'], ['practice.id'], name=op.f('fk_practice_text_practice_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['reviewer_id'], ['member.id'], name=op.f('fk_practice_text_reviewer_id')),
    sa.ForeignKeyConstraint(['translator_id'], ['member.id'], name=op.f('fk_practice_text_translator_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_practice_text')),
    sa.UniqueConstraint('practice_id', 'language', name=op.f('uq_practice_text_practice_id_language'))
    )
    op.create_table('practice_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('practice_id', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_practice_version_member_id')),
    sa.ForeignKeyConstraint(['practice_id'], ['practice.id'], name=op.f('fk_practice_version_practice_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_practice_version')),
    sa.UniqueConstraint('practice_id', 'language', 'number', name=op.f('uq_practice_version_practice_id_language_number'))
    )
    with op.batch_alter_table('practice_version', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_practice_version_practice_id'), ['practice_id'], unique=False)

    op.create_table('reply_translation',
    sa.Column('reply_id', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('html', sa.Text(), nullable=False),
    sa.Column('origin', sa.Enum('human', 'machine', name='origin', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('translator_id', sa.Integer(), nullable=True),
    sa.Column('of_version', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['reply_id'], ['reply.id'], name=op.f('fk_reply_translation_reply_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['translator_id'], ['member.id'], name=op.f('fk_reply_translation_translator_id')),
    sa.PrimaryKeyConstraint('reply_id', 'language', name=op.f('pk_reply_translation'))
    )
    op.create_table('reply_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reply_id', sa.Integer(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['reply_id'], ['reply.id'], name=op.f('fk_reply_version_reply_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reply_version'))
    )
    with op.batch_alter_table('reply_version', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reply_version_reply_id'), ['reply_id'], unique=False)

    op.create_table('section_comment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('practice_id', sa.Integer(), nullable=False),
    sa.Column('section', sa.String(length=40), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('settled_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_section_comment_member_id')),
    sa.ForeignKeyConstraint(['practice_id'], ['practice.id'], name=op.f('fk_section_comment_practice_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_section_comment'))
    )
    with op.batch_alter_table('section_comment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_section_comment_practice_id'), ['practice_id'], unique=False)

    op.create_table('thanks',
    sa.Column('reply_id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_thanks_member_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['reply_id'], ['reply.id'], name=op.f('fk_thanks_reply_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('reply_id', 'member_id', name=op.f('pk_thanks'))
    )
    with op.batch_alter_table('thanks', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_thanks_member_id'), ['member_id'], unique=False)

    op.create_table('translation_wish',
    sa.Column('practice_id', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_translation_wish_member_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['practice_id'], ['practice.id'], name=op.f('fk_translation_wish_practice_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('practice_id', 'language', 'member_id', name=op.f('pk_translation_wish'))
    )
    with op.batch_alter_table('member', schema=None) as batch_op:
        batch_op.add_column(sa.Column('unread_notices', sa.Integer(), nullable=False, server_default='0'))



def downgrade() -> None:
    with op.batch_alter_table('member', schema=None) as batch_op:
        batch_op.drop_column('unread_notices')

    op.drop_table('translation_wish')
    with op.batch_alter_table('thanks', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_thanks_member_id'))

    op.drop_table('thanks')
    with op.batch_alter_table('section_comment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_section_comment_practice_id'))

    op.drop_table('section_comment')
    with op.batch_alter_table('reply_version', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_reply_version_reply_id'))

    op.drop_table('reply_version')
    op.drop_table('reply_translation')
    with op.batch_alter_table('practice_version', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_practice_version_practice_id'))

    op.drop_table('practice_version')
    op.drop_table('practice_text')
    op.drop_table('field_question')
    with op.batch_alter_table('adoption', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_adoption_practice_id'))
        batch_op.drop_index(batch_op.f('ix_adoption_organisation_id'))

    op.drop_table('adoption')
    with op.batch_alter_table('report_note', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_report_note_report_id'))

    op.drop_table('report_note')
    with op.batch_alter_table('reply', schema=None) as batch_op:
        batch_op.drop_index('ix_reply_waiting', sqlite_where=sa.text('is_waiting'), postgresql_where=sa.text('is_waiting'))
        batch_op.drop_index('ix_reply_created_at')
        batch_op.drop_index(batch_op.f('ix_reply_author_id'))

    op.drop_table('reply')
    with op.batch_alter_table('read_mark', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_read_mark_topic_id'))

    op.drop_table('read_mark')
    with op.batch_alter_table('practice', schema=None) as batch_op:
        batch_op.drop_index('ix_practice_status_published_at')
        batch_op.drop_index('ix_practice_status_cost_rank')
        batch_op.drop_index('ix_practice_status_adoptions_count')
        batch_op.drop_index(batch_op.f('ix_practice_organisation_id'))
        batch_op.drop_index(batch_op.f('ix_practice_author_id'))

    op.drop_table('practice')
    with op.batch_alter_table('topic', schema=None) as batch_op:
        batch_op.drop_index('ix_topic_pinned_until')
        batch_op.drop_index(batch_op.f('ix_topic_organisation_id'))
        batch_op.drop_index('ix_topic_is_shown_last_at')
        batch_op.drop_index('ix_topic_category_last_at')
        batch_op.drop_index(batch_op.f('ix_topic_author_id'))

    op.drop_table('topic')
    with op.batch_alter_table('report', schema=None) as batch_op:
        batch_op.drop_index('ix_report_status_at')
        batch_op.drop_index('ix_report_object')

    op.drop_table('report')
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.drop_index('ix_notice_object')
        batch_op.drop_index('ix_notice_member_id')

    op.drop_table('notice')
    with op.batch_alter_table('follow', schema=None) as batch_op:
        batch_op.drop_index('ix_follow_kind_key')

    op.drop_table('follow')
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.drop_index('ix_attachment_object')

    op.drop_table('attachment')
    with op.batch_alter_table('machine_translation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_machine_translation_at'))

    op.drop_table('machine_translation')
