using System.ComponentModel.DataAnnotations;

namespace Gengdu.Reporting.DeadlineRoom;

/// <summary>How fresh the deadline room is, and who may hold it open.</summary>
internal sealed record RoomOptions
{
    public const string Section = "DeadlineRoom";

    /// <summary>A snapshot is read again after so long, while somebody looks. Twice this and the reading itself stay below the five seconds promised.</summary>
    [Range(1, 5)]
    public int TickSeconds { get; init; } = 2;

    /// <summary>A stream ends after so long and is opened again by the page: sign-in and rights are looked at anew.</summary>
    [Range(1, 15)]
    public int StreamMinutes { get; init; } = 15;

    /// <summary>Open pages of one person.</summary>
    [Range(1, 100)]
    public int PerPerson { get; init; } = 4;

    /// <summary>Open pages of everybody at one process.</summary>
    [Range(1, 10000)]
    public int AtOnce { get; init; } = 600;

    /// <summary>A school that has begun and not saved for so many hours counts as silent.</summary>
    [Range(1, 168)]
    public int SilentHours { get; init; } = 24;

    /// <summary>So many errors in what is not signed count as many.</summary>
    [Range(1, 1000)]
    public int ManyErrors { get; init; } = 5;
}
