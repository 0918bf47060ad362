using System.Security.Cryptography;
using Gengdu.Identity.Notices;
using Microsoft.AspNetCore.Identity;

namespace Gengdu.Identity.People;

/// <summary>Someone who can sign in. Rights come from assignments alone.</summary>
internal sealed class Person : IdentityUser<Guid>
{
    private Person()
    {
    }

    public string DisplayName { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>A disabled person cannot sign in, and what was issued before is dead.</summary>
    public DateTimeOffset? DisabledAt { get; private set; }

    /// <summary>Null: not since <see cref="SignInsKeptSince"/>. Whoever has been away for long is asked whether the account is still needed.</summary>
    public DateTimeOffset? LastSignInAt { get; private set; }

    /// <summary>The making of the account; for accounts older than the keeping of sign-ins, the day it began: nobody was idle before anybody looked.</summary>
    public DateTimeOffset SignInsKeptSince { get; private init; }

    /// <summary>When name, user name and everything to sign in with were erased. The id stays: history names people by it.</summary>
    public DateTimeOffset? ErasedAt { get; private set; }

    public static Person Create(string userName, string displayName, ILookupNormalizer names, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        UserName = userName,
        NormalizedUserName = names.NormalizeName(userName),
        DisplayName = displayName,
        CreatedAt = now,
        SignInsKeptSince = now,
        LockoutEnabled = true,
        SecurityStamp = NewStamp(),
    };

    /// <summary>A new stamp makes every code, session and refresh token of before invalid.</summary>
    public void SetPassword(string hash) => (PasswordHash, SecurityStamp) = (hash, NewStamp());

    public void Disable(DateTimeOffset now) => (DisabledAt, SecurityStamp) = (DisabledAt ?? now, NewStamp());

    public void Enable() => DisabledAt = null;

    /// <summary>For good. Only a disabled person is erased, and an erased one is never enabled again.</summary>
    public void Erase(ILookupNormalizer names, DateTimeOffset now)
    {
        UserName = $"erased-{Id:N}";
        (NormalizedUserName, DisplayName, PasswordHash, SecurityStamp, ErasedAt) = (names.NormalizeName(UserName), "已注销", null, NewStamp(), now);
        (Email, NormalizedEmail, PhoneNumber) = (null, null, null);
    }

    /// <summary>Where the person is reached; not a way to sign in.</summary>
    public void Reach(string? email, string? phone) => (Email, NormalizedEmail, PhoneNumber) = (email, null, phone);

    /// <summary>Where a way to people finds this one; null for ways that need no address of a person's.</summary>
    public string? AddressOf(string channel) => channel switch { Channels.Mail => Email, Channels.Sms => PhoneNumber, _ => null };

    private static string NewStamp() => Convert.ToHexString(RandomNumberGenerator.GetBytes(20));
}
