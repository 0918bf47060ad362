namespace Gengdu.Reporting.ModuleReports;

/// <summary>Somebody has a module open: told by their page every twenty seconds, believed for a minute. Lost with the server, and no loss.</summary>
internal sealed class Presence
{
    public static readonly TimeSpan Believed = TimeSpan.FromMinutes(1);

    public const int MaxName = 60;

    public required Guid ModuleReportId { get; init; }

    public required Guid PersonId { get; init; }

    /// <summary>As their page says it, shown to their own colleagues alone. Who did what is decided by the id.</summary>
    public required string Name { get; init; }

    public required DateTimeOffset SeenAt { get; init; }
}

/// <param name="You">Whether it is the caller, in this window or another.</param>
internal sealed record PresentPerson(Guid ModuleReportId, Guid PersonId, string Name, DateTimeOffset SeenAt, bool You);
