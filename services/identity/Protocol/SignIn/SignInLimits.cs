namespace Gengdu.Identity.Protocol.SignIn;

/// <summary>Section "Identity:SignIn": when guessing from an unknown browser is slowed down.</summary>
internal sealed record SignInLimits
{
    public const string Section = "Identity:SignIn";

    /// <summary>Failures from one address within ten minutes; a school behind one address has some.</summary>
    public int AddressFailures { get; init; } = 40;

    /// <summary>Failures from everywhere within a minute: one password tried on many names.</summary>
    public int GlobalFailures { get; init; } = 300;
}
