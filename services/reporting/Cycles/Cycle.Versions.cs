using Gengdu.Contracts.Reporting.V1;
using Gengdu.ServiceDefaults;

namespace Gengdu.Reporting.Cycles;

/// <summary>The form changes while the cycle runs (ADR 0016).</summary>
internal sealed partial class Cycle
{
    /// <summary>The version at opening, once another took its place; null before. Revisions that name no version were signed with this one.</summary>
    public string? OpenedWith { get; private set; }

    /// <summary>How often the version changed; orders the events.</summary>
    public int VersionNumber { get; private set; }

    /// <summary>From then on only the present version is completed and signed; null: earlier ones may be.</summary>
    public DateTimeOffset? VersionRequiredBy { get; private set; }

    /// <summary>Takes a later version, or for the present one says when it is required.</summary>
    public Problem? ChangeProgrammeVersion(string version, DateTimeOffset? requiredBy)
    {
        if (State != CycleState.Open)
        {
            return CycleProblems.NotOpen;
        }

        if (version == ProgrammeVersion && OpenedWith is null)
        {
            return VersionProblems.SameVersion;
        }

        if (version != ProgrammeVersion)
        {
            (OpenedWith, _programmeVersion) = (OpenedWith ?? ProgrammeVersion, version);
            VersionNumber++;
        }

        VersionRequiredBy = requiredBy;
        return null;
    }

    public CycleProgrammeChanged ToCycleProgrammeChanged(DateTimeOffset now) => new()
    {
        CycleId = Id,
        ProgrammeKey = ProgrammeKey,
        ProgrammeVersion = ProgrammeVersion,
        Number = VersionNumber,
        ChangedAt = now,
    };
}
