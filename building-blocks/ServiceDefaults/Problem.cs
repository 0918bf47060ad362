namespace Gengdu.ServiceDefaults;

/// <summary>
/// An expected refusal (RFC 9457). Domain methods return one, or null when done. Every code stands once, in the catalogue
/// class of its service, and in docs/problems.md.
/// </summary>
/// <param name="Code">Stable, e.g. "RPT-0004"; the web and other systems key on it.</param>
/// <param name="Status">HTTP status, 400–599.</param>
/// <param name="Title">Constant for the code.</param>
/// <param name="Detail">This case: what is wrong and what to do.</param>
public sealed record Problem(string Code, int Status, Text Title, Text Detail)
{
    /// <summary>The faults by field, cell or line; empty when the problem is about the whole request.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>For 429 and 503: when to try again.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>One fault at one place.</summary>
/// <param name="At">Field path or cell address ("deadlines.school", "classes/g1"); null when there is no single place.</param>
/// <param name="Code">What kind, e.g. "required", "range", "duplicate".</param>
/// <param name="Messages">What is wrong and what to do.</param>
public sealed record FieldError(string? At, string Code, Text Messages)
{
    /// <summary>The programme rule that was broken, e.g. "E03".</summary>
    public string? Rule { get; init; }

    /// <summary>1-based line of an uploaded text.</summary>
    public int? Line { get; init; }
}
