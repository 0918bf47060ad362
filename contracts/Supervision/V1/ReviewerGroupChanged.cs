using MassTransit;

namespace Gengdu.Contracts.Supervision.V1;

/// <summary>
/// A named group of people outside the line who may review some organisations or modules at one step until a day, or its end. Rights
/// follow from it as from an assignment, as long as whoever gave it holds theirs. Keep the highest <see cref="Version"/>.
/// </summary>
[MessageUrn("event:gengdu-supervision-v1-reviewer-group-changed")]
[EntityName("gengdu.supervision.v1.reviewer-group-changed")]
public sealed record ReviewerGroupChanged
{
    /// <summary>The group.</summary>
    public required Guid GroupId { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Step at which its people review: "county", "city" or "province".</summary>
    public required string Level { get; init; }

    /// <summary>The organisation whose step that is.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>Who gave the right.</summary>
    public required Guid GivenBy { get; init; }

    /// <summary>By which role of theirs …</summary>
    public required string GiverRole { get; init; }

    /// <summary>… at which organisation.</summary>
    public required Guid GiverOrganisationId { get; init; }

    /// <summary>Who is in it.</summary>
    public required IReadOnlyList<Guid> PersonIds { get; init; }

    /// <summary>Whose reports they review; all that lies below these too.</summary>
    public required IReadOnlyList<Guid> OrganisationIds { get; init; }

    /// <summary>Which modules; empty: all.</summary>
    public IReadOnlyList<string> ModuleKeys { get; init; } = [];

    /// <summary>First day.</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary>Last day.</summary>
    public required DateOnly ValidTo { get; init; }

    /// <summary>When it was ended before its day, UTC; null while it was not.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Grows with each change; apply only a higher one.</summary>
    public required long Version { get; init; }
}
