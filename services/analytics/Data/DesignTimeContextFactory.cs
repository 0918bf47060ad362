using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace Gengdu.Analytics.Data;

/// <summary>For `dotnet ef migrations add` only; it never connects.</summary>
internal sealed class DesignTimeContextFactory : IDesignTimeDbContextFactory<AnalyticsDbContext>
{
    public AnalyticsDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<AnalyticsDbContext>();
        Postgres.Configure(options, NpgsqlDataSource.Create("Host=127.0.0.1"), AnalyticsDbContext.Schema);
        return new(options.Options);
    }
}
