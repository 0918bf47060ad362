using MassTransit;

namespace Gengdu.Contracts.Supervision.V1;

/// <summary>
/// One person has something to know or to do. Shown in the web app by supervision; identity, which alone knows addresses,
/// brings it by mail and message. The kinds and their texts: contracts/Supervision/notice-kinds.json.
/// </summary>
[MessageUrn("event:gengdu-supervision-v1-notice-raised")]
[EntityName("gengdu.supervision.v1.notice-raised")]
public sealed record NoticeRaised
{
    /// <summary>The notice; never told twice.</summary>
    public required Guid NoticeId { get; init; }

    /// <summary>Who is told.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>Which organisation it is about.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>E.g. "module-returned".</summary>
    public required string Kind { get; init; }

    /// <summary>What the texts are filled with: names of places, modules and cycles, numbers and times (UTC), never of people, and no words that somebody wrote.</summary>
    public required IReadOnlyDictionary<string, string> Args { get; init; }

    /// <summary>Path in the web app.</summary>
    public required string Link { get; init; }

    /// <summary>Does not wait for a digest.</summary>
    public required bool Urgent { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset RaisedAt { get; init; }
}
