using System.Security.Cryptography;
using System.Text;
using Gengdu.ServiceDefaults;

namespace Gengdu.Reporting.ModuleReports;

/// <summary>
/// One autosave that was stored: under which key, by whom, which cells. A browser that got no answer sends the same batch again
/// and learns here that it is in; a colleague who typed into the same cell learns who was faster. Kept three days: after that the
/// version of the batch is long past, and the browser compares cell by cell.
/// </summary>
internal sealed class SavedBatch
{
    public const string Header = "Idempotency-Key";

    /// <summary>Addresses kept of one batch; a paste of thousands needs no list to say who it was.</summary>
    public const int MaxCells = 200;

    public required Guid ModuleReportId { get; init; }

    public required Guid PersonId { get; init; }

    public required string Key { get; init; }

    public required string Fingerprint { get; init; }

    /// <summary>The version it made.</summary>
    public required long Version { get; init; }

    public required string[] Cells { get; init; }

    public required DateTimeOffset SavedAt { get; init; }

    public static Problem? Check(string? key) => key is null || (key.Length is >= 8 and <= 100 && key.All(c => c is > ' ' and < '\x7f')) ? null : KeepingProblems.KeyUnfit;

    /// <summary>
    /// SHA-256 over what was asked for, letter by letter. The key, which nobody can guess, goes in: of a single telephone number
    /// the hash alone would give it away.
    /// </summary>
    public static string FingerprintOf(string key, SaveValuesRequest request)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(key);
        foreach (var change in request.Changes ?? [])
        {
            Add(change.At);
            Add(change.Value.GetRawText());
        }

        foreach (var explanation in request.Explanations ?? [])
        {
            Add(explanation.Rule);
            Add(explanation.At);
            Add(explanation.Text);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Add(string part) => hash.AppendData(Encoding.UTF8.GetBytes(part + "\n"));
    }
}
