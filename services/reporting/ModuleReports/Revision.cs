namespace Gengdu.Reporting.ModuleReports;

/// <summary>What was signed, word for word. Written once, never changed; the database refuses an update or a deletion.</summary>
internal sealed class Revision
{
    public required Guid ModuleReportId { get; init; }

    /// <summary>1, 2, 3 without gaps.</summary>
    public required int Number { get; init; }

    public required string Values { get; init; }

    public required IReadOnlyList<Explanation> Explanations { get; init; }

    /// <summary>What the rules said at submission: explained warnings and hints.</summary>
    public required IReadOnlyList<Finding> Results { get; init; }

    public required string ContentHash { get; init; }

    public required string ReceiptNumber { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    public required Guid SubmittedBy { get; init; }

    public required bool OnTime { get; init; }

    public Receipt ToReceipt() => new(ReceiptNumber, ModuleReportId, Number, SubmittedAt, ContentHash, OnTime);
}

/// <summary>Proof of a submission, given only after it is durable.</summary>
internal sealed record Receipt(string ReceiptNumber, Guid ModuleReportId, int Revision, DateTimeOffset SubmittedAt, string ContentHash, bool OnTime);

/// <summary>A receipt found by its idempotency key, with the fingerprint of the request it answered.</summary>
internal sealed record StoredReceipt(string Fingerprint, Receipt Receipt);
