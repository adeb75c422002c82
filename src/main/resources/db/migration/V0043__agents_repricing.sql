-- An event without a cost may get one once its model has a price. Nothing else of it ever changes, and a cost never does.
create policy usage_events_pricing on usage_events for update
    using (workspace_id = current_workspace() and cost_nanos is null) with check (workspace_id = current_workspace());

create policy price_overrides_watching on price_overrides for select to current_user using (true);

-- Where a company's new price may have something to price: whoever added it last acts for it. It may only look; prices are
-- written inside each workspace.
create function workspaces_to_reprice(added_within interval)
    returns table (tenant_id uuid, workspace_id uuid, developer_id uuid, handle text, role text)
    language sql stable security definer set search_path = covibe, pg_temp
begin atomic
    select w.tenant_id, w.id, d.id, d.handle, d.role
      from (select distinct on (p.tenant_id) p.tenant_id, p.created_by
              from price_overrides p
             where p.created_at > now() - added_within
             order by p.tenant_id, p.created_at desc) latest
      join developers d on d.id = latest.created_by
      join workspaces w on w.tenant_id = latest.tenant_id
     order by w.id;
end;
