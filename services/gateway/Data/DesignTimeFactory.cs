using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace Gengdu.Gateway.Data;

/// <summary>For dotnet-ef only: it builds the model and never connects.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<GatewayDbContext>
{
    public GatewayDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<GatewayDbContext>();
        Postgres.Configure(options, NpgsqlDataSource.Create("Host=unused"), "gateway");
        return new GatewayDbContext(options.Options);
    }
}
