-- The alerts look at what ended and was used since yesterday, every few minutes: without these they read all of it.
create index agent_sessions_by_end on agent_sessions (workspace_id, ended_at) where ended_at is not null;
create index usage_by_stream_by_day on usage_by_stream (workspace_id, day);
