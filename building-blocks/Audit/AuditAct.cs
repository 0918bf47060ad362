using System.Globalization;
using System.Text.Json;
using Gengdu.Organisations;

namespace Gengdu.Audit;

/// <summary>
/// What somebody did, saw, was denied, or tried in vain: ids and codes only. Never a name, a value or a secret; what has to be
/// known of a person goes into <see cref="Personal"/>, which can be erased while the chain stays verifiable.
/// </summary>
public sealed record AuditAct
{
    /// <summary>"&lt;noun&gt;.&lt;past-participle&gt;", e.g. "module-report.submitted".</summary>
    public required string Act { get; init; }

    /// <summary>Done, unless said otherwise.</summary>
    public AuditOutcome Outcome { get; init; } = AuditOutcome.Done;

    /// <summary>The person; null for the system itself and for somebody unknown.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>What it was done to: the noun of <see cref="Act"/> unless said otherwise.</summary>
    public string? ObjectKind { get; init; }

    /// <summary>Its id.</summary>
    public string? ObjectId { get; init; }

    /// <summary>The organisation it belongs to.</summary>
    public Guid? OrganisationId { get; init; }

    /// <summary>That organisation's path at this moment; null concerns the whole system, and only the province's auditor sees it.</summary>
    public string? OrganisationPath { get; init; }

    /// <summary>How many rows were seen or changed.</summary>
    public int? Rows { get; init; }

    /// <summary>Which filter they were seen through, as JSON; no free text that was searched for.</summary>
    public string? Filter { get; init; }

    /// <summary>More ids and codes, as JSON.</summary>
    public string? Details { get; init; }

    /// <summary>Whom <see cref="Personal"/> is about, for erasure.</summary>
    public Guid? PersonalOf { get; init; }

    /// <summary>Personal data that this act cannot be understood without, such as a user name nobody has. Kept apart, erasable.</summary>
    public string? Personal { get; init; }

    /// <summary>Set from the request: the client that carried it.</summary>
    public string? ClientId { get; init; }

    /// <summary>Set from the request: the sign-in, as a hash.</summary>
    public string? Session { get; init; }

    /// <summary>Set from the request.</summary>
    public string? TraceId { get; init; }

    /// <summary>An act of a signed-in person.</summary>
    /// <param name="caller">Who acts.</param>
    /// <param name="act">"&lt;noun&gt;.&lt;past-participle&gt;".</param>
    /// <param name="objectId">To what.</param>
    /// <param name="organisationPath">Where; null concerns the whole system.</param>
    /// <param name="details">Ids and codes, usually an anonymous object.</param>
    public static AuditAct Of(Caller caller, string act, object? objectId = null, string? organisationPath = null, object? details = null)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return By(caller.PersonId, act, objectId, organisationPath, details);
    }

    /// <summary>The same where there is no <see cref="Caller"/>: the protocol, a consumer, the system itself (null).</summary>
    public static AuditAct By(Guid? personId, string act, object? objectId = null, string? organisationPath = null, object? details = null) => new()
    {
        Act = act,
        ActorId = personId == Guid.Empty ? null : personId,
        ObjectId = Convert.ToString(objectId, CultureInfo.InvariantCulture),
        OrganisationPath = organisationPath,
        Details = Json(details),
    };

    /// <summary>What stands for a sign-in in <see cref="Session"/>: its id would let the finder end it.</summary>
    public static string? SessionOf(string? sessionId) => AuditOrigin.SessionOf(sessionId);

    /// <summary>Who makes the request under way; null outside of one and where nobody is signed in.</summary>
    public static Guid? Requester => AuditOrigin.Person;

    // The default encoder leaves ASCII only: no line break, no escape sequence, no look-alike gets into a line of a log or a table.
    internal static string? Json(object? value) => value switch
    {
        null => null,
        string => throw new ArgumentException("Details are an object of ids and codes, not a text", nameof(value)),
        _ => JsonSerializer.Serialize(value, value.GetType(), Web),
    };

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);
}

/// <summary>What came of it.</summary>
public enum AuditOutcome
{
    /// <summary>Something changed.</summary>
    Done,

    /// <summary>Refused for want of a right or a sign-in.</summary>
    Denied,

    /// <summary>Something was read.</summary>
    Saw,

    /// <summary>Tried in vain, such as a wrong password.</summary>
    Failed,
}
