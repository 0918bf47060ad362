using System.Security.Cryptography;
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

    public static Person Create(string userName, string displayName, ILookupNormalizer names, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        UserName = userName,
        NormalizedUserName = names.NormalizeName(userName),
        DisplayName = displayName,
        CreatedAt = now,
        LockoutEnabled = true,
        SecurityStamp = NewStamp(),
    };

    /// <summary>A new stamp makes every code, session and refresh token of before invalid.</summary>
    public void SetPassword(string hash) => (PasswordHash, SecurityStamp) = (hash, NewStamp());

    public void Disable(DateTimeOffset now) => (DisabledAt, SecurityStamp) = (DisabledAt ?? now, NewStamp());

    public void Enable() => DisabledAt = null;

    private static string NewStamp() => Convert.ToHexString(RandomNumberGenerator.GetBytes(20));
}
