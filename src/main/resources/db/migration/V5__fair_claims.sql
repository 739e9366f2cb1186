-- Claims take turns between tenants: whose logins are due, and the first of each tenant, are found
-- without reading anybody's whole queue.
create index login_session_due_of_tenant on login_session (tenant_id, due_at)
  where due_at is not null;
