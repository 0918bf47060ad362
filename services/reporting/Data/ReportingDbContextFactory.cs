using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace Gengdu.Reporting.Data;

/// <summary>For "dotnet ef migrations add" alone; it never connects.</summary>
internal sealed class ReportingDbContextFactory : IDesignTimeDbContextFactory<ReportingDbContext>
{
    public ReportingDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<ReportingDbContext>();
        Postgres.Configure(options, NpgsqlDataSource.Create("Host=localhost"), ReportingDbContext.Schema);
        return new(options.Options);
    }
}
