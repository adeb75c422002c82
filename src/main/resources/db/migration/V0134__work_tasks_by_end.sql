-- What was done in some days, from the index alone.
create index tasks_done on tasks (workspace_id, ended_at) include (owner_id, project_id, workstream_id, started_at, created_at, id)
    where status = 'done';
