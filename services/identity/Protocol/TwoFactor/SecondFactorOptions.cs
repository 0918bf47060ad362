namespace Gengdu.Identity.Protocol.TwoFactor;

/// <summary>Section "Identity:SecondFactor".</summary>
internal sealed record SecondFactorOptions
{
    public const string Section = "Identity:SecondFactor";

    /// <summary>Whether reviewers and above must have one. Only demonstrations and tests set it to false.</summary>
    public bool Required { get; init; } = true;
}
