using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Gengdu.ServiceDefaults;

/// <summary>Gives the connection of a request's context its caller's scope whenever Entity Framework opens it.</summary>
internal sealed class ScopeInterceptor(Database database) : DbConnectionInterceptor
{
    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default) =>
        database.CarryScopeAsync((NpgsqlConnection)connection, cancellationToken);

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => database.CarryScope((NpgsqlConnection)connection);
}
