"""Where everything is kept: tables, loading and saving, the claim of deliveries, migrations."""
