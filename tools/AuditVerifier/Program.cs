using System.Security.Cryptography;
using Gengdu.AuditVerifier;
using Npgsql;

// 0: everything agrees. 1: the first bad row or checkpoint is named. 2: it could not be looked at.
try
{
    return args switch
    {
        ["key", var privateFile, var publicFile] => MakeKey(privateFile, publicFile),
        ["verify", .. var rest] => await VerifyAsync(Arguments.Read(rest)),
        ["export", .. var rest] => await ExportAsync(Arguments.Read(rest)),
        _ => throw new ArgumentException(Arguments.Usage),
    };
}
catch (Exception fault) when (fault is ArgumentException or IOException or NpgsqlException or UnauthorizedAccessException or CryptographicException or System.Text.Json.JsonException or TimeoutException)
{
    await Console.Error.WriteLineAsync(fault.Message);
    return 2;
}

static int MakeKey(string privateFile, string publicFile)
{
    using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
    if (!OperatingSystem.IsWindows())
    {
        options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    }

    using (var file = new StreamWriter(privateFile, options))
    {
        file.WriteLine(key.ExportPkcs8PrivateKeyPem());
    }

    File.WriteAllText(publicFile, key.ExportSubjectPublicKeyInfoPem() + "\n");
    Console.WriteLine($"{privateFile}: for Audit:CheckpointKeyFile. {publicFile}: for the verifier; keep a copy elsewhere.");
    return 0;
}

static async Task<int> VerifyAsync(Arguments arguments)
{
    // Before the rows are looked at: what is sealed meanwhile would be missing among them.
    var store = arguments.Checkpoints is null ? null : SealedRecord.Read(arguments.Checkpoints, arguments.Stream, arguments.Keys());
    await using var rows = await arguments.OpenAsync();
    var verdict = await new Verification(arguments.Stream, store).RunAsync(rows);
    Console.WriteLine(verdict.ToString());
    return verdict.Finding is null ? 0 : 1;
}

static async Task<int> ExportAsync(Arguments arguments)
{
    await using var rows = await arguments.OpenAsync();
    Console.WriteLine($"{await FileRows.WriteAsync(rows, arguments.To)} rows in {arguments.To}");
    return 0;
}
