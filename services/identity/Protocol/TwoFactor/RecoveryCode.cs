namespace Gengdu.Identity.Protocol.TwoFactor;

/// <summary>Stands in once for the authenticator app. Kept as a hash.</summary>
internal sealed class RecoveryCode
{
    public const int Count = 10;

    private RecoveryCode()
    {
    }

    public Guid PersonId { get; private init; }

    public string CodeHash { get; private init; } = "";

    public DateTimeOffset? UsedAt { get; private init; }

    public static RecoveryCode Create(Guid personId, string code) => new() { PersonId = personId, CodeHash = TypedCode.Hash(code) };
}
