using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Gengdu.ServiceDefaults;

/// <summary>
/// The service's two pools. Inside a request a connection carries the caller's scope, and row-level security lets nothing
/// else through; consumers, the dispatcher and other work of the system have connections of their own that see everything.
/// No connection ever changes from one pool to the other.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    private readonly NpgsqlDataSource _requests;
    private readonly IHttpContextAccessor _http;

    /// <summary>By the backend's process id: which scope each connection of the requests carries at this moment.</summary>
    private readonly ConcurrentDictionary<int, string> _carried = new();

    /// <summary>Two servers may give the same process id; with several of them the scope is said at each opening.</summary>
    private readonly bool _oneServer;

    internal Database(NpgsqlConnectionStringBuilder settings, IHttpContextAccessor http, bool plansEachRequest = false)
    {
        _http = http;
        _oneServer = settings.Host?.Contains(',', StringComparison.Ordinal) != true;
        var ofSystem = Math.Max(1, settings.MaxPoolSize / 3);
        System = NpgsqlDataSource.Create(SeeingEverything(new(settings.ConnectionString) { MaxPoolSize = ofSystem, ApplicationName = $"{settings.ApplicationName}-system" }));
        var requests = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        requests.ConnectionStringBuilder.MaxPoolSize = Math.Max(1, settings.MaxPoolSize - ofSystem);
        if (plansEachRequest)
        {
            requests.ConnectionStringBuilder.Options = $"{settings.Options} -c plan_cache_mode=force_custom_plan".Trim();
        }

        // A process id comes again: what its bearer before carried is not what this one does.
        requests.UsePhysicalConnectionInitializer(Forget, connection =>
        {
            Forget(connection);
            return Task.CompletedTask;
        });
        _requests = requests.Build();
        OpenedByContext = new(this);
    }

    /// <summary>For work that is nobody's request, and for what a request may do beyond the rows of its caller: say why at each use.</summary>
    public NpgsqlDataSource System { get; }

    /// <summary>Whether this is said inside a request.</summary>
    internal bool InRequest => _http.HttpContext is not null;

    internal ScopeInterceptor OpenedByContext { get; }

    /// <summary>Inside a request a connection that sees its caller's rows, elsewhere one that sees all.</summary>
    public async ValueTask<NpgsqlConnection> OpenConnectionAsync(CancellationToken cancellationToken)
    {
        if (!InRequest)
        {
            return await System.OpenConnectionAsync(cancellationToken);
        }

        var connection = await _requests.OpenConnectionAsync(cancellationToken);
        try
        {
            await CarryScopeAsync(connection, cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _requests.DisposeAsync();
        await System.DisposeAsync();
    }

    /// <summary>For the owner's and the system's connections: the policies let everything through.</summary>
    internal static NpgsqlConnectionStringBuilder SeeingEverything(NpgsqlConnectionStringBuilder settings)
    {
        settings.Options = $"{settings.Options} -c {RowScope.Name}={RowScope.Everything}".Trim();
        return settings;
    }

    /// <summary>Not opened; the context opens it through <see cref="ScopeInterceptor"/>.</summary>
    internal NpgsqlConnection CreateRequestConnection() => _requests.CreateConnection();

    /// <summary>Outside any transaction: a rollback would take the setting back.</summary>
    internal async Task CarryScopeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var scope = RowScope.Of(_http.HttpContext).Setting;
        if (!Carries(connection, scope))
        {
            await using var command = Command(connection, scope);
            await command.ExecuteNonQueryAsync(cancellationToken);
            _carried[connection.ProcessID] = scope;
        }
    }

    internal void CarryScope(NpgsqlConnection connection)
    {
        var scope = RowScope.Of(_http.HttpContext).Setting;
        if (!Carries(connection, scope))
        {
            using var command = Command(connection, scope);
            command.ExecuteNonQuery();
            _carried[connection.ProcessID] = scope;
        }
    }

    // What it carried is forgotten before it is told something new: when that fails, nobody builds on it.
    private bool Carries(NpgsqlConnection connection, string scope)
    {
        if (_oneServer && _carried.TryGetValue(connection.ProcessID, out var present) && present == scope)
        {
            return true;
        }

        Forget(connection);
        return false;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string scope) => new($"select set_config('{RowScope.Name}', $1, false)", connection)
    {
        CommandTimeout = Budgets.StatementSeconds,
        Parameters = { new NpgsqlParameter<string> { TypedValue = scope } },
    };

    private void Forget(NpgsqlConnection connection) => _carried.TryRemove(connection.ProcessID, out _);
}
