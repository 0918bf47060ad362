using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Gengdu.ServiceDefaults;

/// <summary>
/// Whose rows a request's connections see: the setting "gengdu.scope", read by the policies of <see cref="ScopePolicies"/>.
/// A request without one sees nothing.
/// </summary>
/// <param name="Setting">"1|own ids|own paths|paths above the own|subtrees", each list with commas; empty for nothing.</param>
public sealed record RowScope(string Setting)
{
    internal const string Name = "gengdu.scope";

    /// <summary>The setting of work that belongs to no request; given when the connection starts and never changed.</summary>
    internal const string Everything = "*";

    /// <summary>No row of anybody.</summary>
    public static readonly RowScope Nothing = new("");

    /// <summary>Rows of these organisations, of those at these places, and of everything below the subtrees.</summary>
    public static RowScope Of(IEnumerable<Guid> ownIds, IEnumerable<string> ownPaths, IEnumerable<string> abovePaths, IEnumerable<string> subtrees) =>
        new(string.Join('|', "1", string.Join(',', ownIds), Joined(ownPaths), Joined(abovePaths), Joined(subtrees)));

    /// <summary>The scope of the request under way; for the middleware that knows the caller.</summary>
    public static void Set(HttpContext http, RowScope scope)
    {
        ArgumentNullException.ThrowIfNull(http);
        http.Features.Set(scope);
    }

    /// <summary>
    /// For work in somebody's name after their request is over: until its transaction ends, a connection of the system sees what they see. It
    /// goes with the transaction, so the connection goes back to its pool as it came.
    /// </summary>
    public async Task NarrowAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"select set_config('{Name}', $1, true)", connection)
        { CommandTimeout = Budgets.StatementSeconds, Parameters = { new NpgsqlParameter<string> { TypedValue = Setting } } };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    internal static RowScope Of(HttpContext? http) => http?.Features.Get<RowScope>() ?? Nothing;

    // An empty path would be the beginning of every other.
    private static string Joined(IEnumerable<string> paths) => string.Join(',', paths.Where(path => path.Length > 1 && path[0] == '/' && path[^1] == '/'));
}
