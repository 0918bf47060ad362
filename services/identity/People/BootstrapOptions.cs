namespace Gengdu.Identity.People;

/// <summary>The first administrator, made when there is no person at all.</summary>
internal sealed record BootstrapOptions
{
    public const string Section = "Bootstrap";

    public string? UserName { get; init; }

    public string? Password { get; init; }
}
