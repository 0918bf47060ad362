namespace Gengdu.Identity.Protocol.TwoFactor;

/// <summary>A person's authenticator app. The row is there exactly while it is set up.</summary>
internal sealed class SecondFactor
{
    private SecondFactor()
    {
    }

    public Guid PersonId { get; private init; }

    /// <summary>Sealed with the key ring: a copy of the database makes no codes.</summary>
    public string SealedSecret { get; private init; } = "";

    public DateTimeOffset EnrolledAt { get; private init; }

    /// <summary>The step of the last code that was accepted: a code works once.</summary>
    public long LastStep { get; private init; }

    /// <summary>Wrong codes since the last good one.</summary>
    public int FailedCodes { get; private init; }

    /// <summary>No code is looked at until then.</summary>
    public DateTimeOffset? ClosedUntil { get; private init; }

    public static SecondFactor Create(Guid personId, string sealedSecret, long step, DateTimeOffset now) => new()
    {
        PersonId = personId,
        SealedSecret = sealedSecret,
        EnrolledAt = now,
        LastStep = step,
    };
}
