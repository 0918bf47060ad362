using System.Security.Cryptography;

namespace Gengdu.AuditVerifier;

/// <summary>What the command line asks for.</summary>
internal sealed record Arguments
{
    public const string Usage = """
        Verifies one service's audit, without the service.
          verify --stream reporting (--database CONNECTION | --file EXPORT) [--checkpoints FOLDER --public-key FILE …]
          export --stream reporting --database CONNECTION --to EXPORT
          key PRIVATE PUBLIC      makes a key for Audit:CheckpointKeyFile
        CONNECTION is a Postgres connection string that may read the service's schema, which is named like the stream. FOLDER is the
        second store; without it nobody can say whether the whole chain was computed anew, or its end cut off.
        """;

    public required string Stream { get; init; }

    public string? Database { get; init; }

    public string? Export { get; init; }

    public string? Checkpoints { get; init; }

    public IReadOnlyList<string> PublicKeys { get; init; } = [];

    public string To { get; init; } = "";

    public static Arguments Read(IReadOnlyList<string> words)
    {
        var named = words.Chunk(2).Select(pair => pair is [['-', '-', .. var name], var value] ? (name, value) : throw new ArgumentException(Usage)).ToLookup(pair => pair.name, pair => pair.value);
        return new()
        {
            Stream = named["stream"].SingleOrDefault() ?? throw new ArgumentException(Usage),
            Database = named["database"].SingleOrDefault(),
            Export = named["file"].SingleOrDefault(),
            Checkpoints = named["checkpoints"].SingleOrDefault(),
            PublicKeys = [.. named["public-key"]],
            To = named["to"].SingleOrDefault() ?? "",
        };
    }

    public async Task<IAuditRows> OpenAsync() =>
        Database is { } database ? await DatabaseRows.OpenAsync(database, Stream)
        : Export is { } file ? new FileRows(file)
        : throw new ArgumentException(Usage);

    public IReadOnlyList<ECDsa> Keys() => PublicKeys.Count == 0 ? throw new ArgumentException("--checkpoints needs --public-key: an unsigned checkpoint proves nothing") : [.. PublicKeys.Select(file =>
    {
        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(file));
        return key;
    })];
}
