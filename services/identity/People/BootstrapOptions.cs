namespace Gengdu.Identity.People;

/// <summary>
/// The first administrator of each kind: the system administrator is needed while there is no person at all, the other two are
/// made as soon as they are named and the province has none of their kind.
/// </summary>
internal sealed record BootstrapOptions
{
    public const string Section = "Bootstrap";

    public string? UserName { get; init; }

    public string? Password { get; init; }

    public string? SecurityUserName { get; init; }

    public string? SecurityPassword { get; init; }

    public string? AuditUserName { get; init; }

    public string? AuditPassword { get; init; }

    /// <summary>Whether both are given and long enough.</summary>
    public static bool IsGood(string? userName, string? password) => userName is { Length: >= 3 } && password is { Length: >= PasswordPolicy.Shortest };
}
