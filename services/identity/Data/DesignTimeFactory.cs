using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace Gengdu.Identity.Data;

/// <summary>For dotnet-ef only: it builds the model and never connects.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<IdentityDbContext>
{
    public IdentityDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<IdentityDbContext>();
        Postgres.Configure(options, NpgsqlDataSource.Create("Host=unused"), "identity");
        return new IdentityDbContext(options.Options);
    }
}
