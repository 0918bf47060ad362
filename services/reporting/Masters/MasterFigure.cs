namespace Gengdu.Reporting.Masters;

/// <summary>
/// A figure a register outside knows about an organisation, such as the pupils of the pupil register: rules compare with it as
/// master.key. The programme says which keys there are.
/// </summary>
internal sealed class MasterFigure
{
    public required Guid OrganisationId { get; init; }

    public required string Key { get; init; }

    public required double Value { get; init; }

    /// <summary>Name of the register.</summary>
    public required string Source { get; init; }

    /// <summary>The day the register was read.</summary>
    public required DateOnly AsOf { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }
}
