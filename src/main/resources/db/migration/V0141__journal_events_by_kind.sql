-- Whoever looks for the few decisions among millions of steps must not read the steps.
create index work_events_by_kind on work_events (workspace_id, kind, at desc, id desc);
create index work_events_by_developer on work_events (workspace_id, developer_id, at desc, id desc);
create index workstreams_done on workstreams (workspace_id, ended_at desc) where status = 'done';
