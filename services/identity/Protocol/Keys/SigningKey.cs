namespace Gengdu.Identity.Protocol.Keys;

/// <summary>A key pair in the database. Announced in JWKS from its creation, signs from ActiveFrom until a newer one does, gone after RetiresAt.</summary>
internal sealed class SigningKey
{
    public static readonly TimeSpan Signs = TimeSpan.FromDays(90);
    public static readonly TimeSpan AnnouncedAhead = TimeSpan.FromDays(14);
    private static readonly TimeSpan StaysPublished = TimeSpan.FromDays(1);
    private static readonly TimeSpan ShortestNotice = TimeSpan.FromMinutes(10);

    private SigningKey()
    {
    }

    /// <summary>Becomes the key id in JWKS and token headers.</summary>
    public string Id { get; private init; } = "";

    public string Use { get; private init; } = "";

    /// <summary>PKCS #8, sealed by Data Protection.</summary>
    public string SealedPrivateKey { get; private init; } = "";

    public DateTimeOffset CreatedAt { get; private init; }

    public DateTimeOffset ActiveFrom { get; private init; }

    public DateTimeOffset RetiresAt { get; private init; }

    /// <summary>
    /// From when a successor signs; null while none is due. Fourteen days' notice, less when nobody was here to give it: a
    /// successor that comes late must not leave a time in which nothing signs.
    /// </summary>
    public DateTimeOffset? SuccessorFrom(DateTimeOffset now)
    {
        var over = ActiveFrom + Signs;
        if (now < over - AnnouncedAhead)
        {
            return null;
        }

        var from = now + AnnouncedAhead < over ? now + AnnouncedAhead : over;
        return from > now + ShortestNotice ? from : now + ShortestNotice;
    }

    public static SigningKey Create(string id, string use, string sealedPrivateKey, DateTimeOffset now, DateTimeOffset activeFrom) => new()
    {
        Id = id,
        Use = use,
        SealedPrivateKey = sealedPrivateKey,
        CreatedAt = now,
        ActiveFrom = activeFrom,
        RetiresAt = activeFrom + Signs + StaysPublished,
    };
}

/// <summary>Two uses, two keys, two algorithms: one token can never pass for the other.</summary>
internal static class KeyUses
{
    public const string Access = "access";
    public const string Id = "id";
}
