using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace Gengdu.Gateway.Data;

/// <summary>For dotnet-ef only: migrations are made without a running database.</summary>
internal sealed class GatewayDbContextFactory : IDesignTimeDbContextFactory<GatewayDbContext>
{
    public GatewayDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<GatewayDbContext>();
        Postgres.Configure(options, NpgsqlDataSource.Create("Host=localhost;Database=gengdu;Username=gateway"), "gateway");
        return new GatewayDbContext(options.Options);
    }
}
