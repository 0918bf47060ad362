using System.Security.Cryptography;
using System.Text;
using Gengdu.ServiceDefaults;

namespace Gengdu.Reporting.ModuleReports;

/// <summary>
/// An Idempotency-Key one person has used, kept seven days: a retry gets the receipt of the first try, another request under
/// the same key is refused. Keys of different people never meet.
/// </summary>
internal sealed class SubmissionKey
{
    public const string Header = "Idempotency-Key";

    public required Guid PersonId { get; init; }

    public required string Key { get; init; }

    /// <summary>SHA-256 over what was asked for.</summary>
    public required string Fingerprint { get; init; }

    public required Guid ModuleReportId { get; init; }

    public required int Revision { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public static Problem? Check(string? key) =>
        key is { Length: >= 8 and <= 200 } && key.All(c => c is > ' ' and < '\x7f') ? null : ModuleReportProblems.KeyRequired;

    public static string FingerprintOf(Guid moduleReportId, bool statement) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"submission|{moduleReportId}|{statement}")));
}
