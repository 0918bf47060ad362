using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace Gengdu.Supervision.Data;

/// <summary>For dotnet-ef alone, which only reads the model: no server has to answer.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<SupervisionDbContext>
{
    public SupervisionDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<SupervisionDbContext>();
        Postgres.Configure(options, NpgsqlDataSource.Create("Host=localhost"), "supervision");
        return new(options.Options);
    }
}
