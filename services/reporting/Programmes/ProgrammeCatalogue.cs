using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gengdu.Rules;
using Gengdu.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace Gengdu.Reporting.Programmes;

/// <summary>
/// Compiled programmes in memory. The packs of this release are read (and refused when broken) before the service starts;
/// an older version that a running cycle still uses is compiled from its stored bundle when first asked for.
/// </summary>
internal sealed class ProgrammeCatalogue
{
    private readonly Database _database;
    private readonly ConcurrentDictionary<(string Key, string Version), Programme> _compiled = new();
    private readonly ConcurrentDictionary<(string Key, string Version, string ModuleKey), JsonElement> _forms = new();

    public ProgrammeCatalogue(IOptions<ProgrammeOptions> options, Database database)
    {
        _database = database;
        Shipped = [.. ReadPacks(options.Value.Directory)];
        foreach (var programme in Shipped)
        {
            _compiled[(programme.Key, programme.Version)] = programme;
        }
    }

    /// <summary>The packs beside this release: new cycles use these.</summary>
    public IReadOnlyList<Programme> Shipped { get; }

    public Programme? Current(string key) => Shipped.FirstOrDefault(p => p.Key == key);

    /// <summary>The programme of a cycle, or null when that version was never published here.</summary>
    public async ValueTask<Programme?> FindAsync(string key, string version, CancellationToken cancellationToken)
    {
        if (_compiled.TryGetValue((key, version), out var known))
        {
            return known;
        }

        await using var command = _database.System.CreateCommand("select bundle from programme_versions where key = $1 and version = $2");
        command.Parameters.AddWithValue(key);
        command.Parameters.AddWithValue(version);
        return await command.ExecuteScalarAsync(cancellationToken) is string bundle
            ? _compiled.GetOrAdd((key, version), ProgrammeReader.FromJson(bundle))
            : null;
    }

    public async ValueTask<Programme> GetAsync(string key, string version, CancellationToken cancellationToken) =>
        await FindAsync(key, version, cancellationToken)
        ?? throw new InvalidOperationException($"Version {version} of programme {key} is used by a cycle but not stored");

    /// <summary>What the form of one module needs of its programme (<see cref="ModuleBundle"/>).</summary>
    public JsonElement FormOf(Programme programme, string moduleKey) =>
        _forms.GetOrAdd((programme.Key, programme.Version, moduleKey), key => JsonElement.Parse(ModuleBundle.Of(programme.Json, key.ModuleKey)!));

    public static string HashOf(Programme programme) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(programme.Json)));

    private static IEnumerable<Programme> ReadPacks(string directory)
    {
        var root = Path.GetFullPath(directory);
        var packs = Directory.Exists(root)
            ? Directory.EnumerateDirectories(root).Where(d => File.Exists(Path.Combine(d, "programme.json"))).Order(StringComparer.Ordinal).ToList()
            : [];
        return packs.Count > 0
            ? packs.Select(ProgrammeReader.Read)
            : throw new InvalidOperationException($"No programme pack (a folder with programme.json) in {root}; correct Programmes:Directory (environment variable Programmes__Directory).");
    }
}
