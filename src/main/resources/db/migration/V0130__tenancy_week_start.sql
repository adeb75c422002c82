alter table workspaces add column week_start smallint not null default 1
    constraint workspaces_week_start check (week_start between 1 and 7);
comment on column workspaces.week_start is 'The day on which a week begins here, as ISO 8601 numbers them: 1 is Monday, 7 is Sunday.';
comment on column workspaces.time_zone is 'In which days are counted. Days that were counted before it changes stay as they are.';
