using Gengdu.Identity.Protocol;

namespace Gengdu.Identity.People;

/// <summary>What the desk hands to a person so that they choose a password: once, within three days. Kept as a hash.</summary>
internal sealed class OneTimeCode
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(72);

    private OneTimeCode()
    {
    }

    public Guid Id { get; private init; }

    public Guid PersonId { get; private init; }

    /// <summary>One of <see cref="OneTimeCodePurposes"/>.</summary>
    public string Purpose { get; private init; } = "";

    public string CodeHash { get; private init; } = "";

    /// <summary>The administrator who asked for it.</summary>
    public Guid IssuedBy { get; private init; }

    public DateTimeOffset IssuedAt { get; private init; }

    public DateTimeOffset ExpiresAt { get; private init; }

    public DateTimeOffset? UsedAt { get; private init; }

    public static OneTimeCode Create(Guid personId, string purpose, string code, Guid issuedBy, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        PersonId = personId,
        Purpose = purpose,
        CodeHash = TypedCode.Hash(code),
        IssuedBy = issuedBy,
        IssuedAt = now,
        ExpiresAt = now + Lifetime,
    };
}

internal static class OneTimeCodePurposes
{
    public const string Invitation = "invitation";

    public const string PasswordReset = "password-reset";
}
