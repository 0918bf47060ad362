namespace Gengdu.Organisations;

/// <summary>This service's copy of one person's role at one organisation, kept by AssignmentChanged.</summary>
public sealed class Assignment
{
    /// <summary>The same in all services.</summary>
    public required Guid Id { get; init; }

    /// <summary>The person; the token's subject.</summary>
    public required Guid PersonId { get; set; }

    /// <summary>One of <see cref="Roles"/>.</summary>
    public required string Role { get; set; }

    /// <summary>Where it holds. May arrive before the organisation itself.</summary>
    public required Guid OrganisationId { get; set; }

    /// <summary>First day.</summary>
    public required DateOnly ValidFrom { get; set; }

    /// <summary>Last day; null while open-ended.</summary>
    public DateOnly? ValidTo { get; set; }

    /// <summary>Taken away; kept so that a late older event cannot bring it back.</summary>
    public required bool Removed { get; set; }

    /// <summary>Highest version applied.</summary>
    public required long Version { get; set; }
}

/// <summary>The roles there are.</summary>
public static class Roles
{
    /// <summary>填报员: edits the organisation's own reports.</summary>
    public const string Reporter = "reporter";

    /// <summary>审核人: signs the organisation's own reports.</summary>
    public const string Approver = "approver";

    /// <summary>县级审核员: reviews the reports of a county's schools.</summary>
    public const string CountyReviewer = "county-reviewer";

    /// <summary>市级督导: reviews what the counties passed on.</summary>
    public const string CitySupervisor = "city-supervisor";

    /// <summary>省级项目负责人: opens cycles, accepts, watches the province.</summary>
    public const string ProvinceOwner = "province-owner";

    /// <summary>系统管理员: organisations, accounts and working roles of a subtree; sees no report content by this role alone.</summary>
    public const string Administrator = "administrator";

    /// <summary>安全管理员: locks, codes and sessions of a subtree's people; takes roles away, gives none but its own.</summary>
    public const string SecurityAdministrator = "security-administrator";

    /// <summary>审计管理员: reads the audit of a subtree, and has no other role.</summary>
    public const string Auditor = "auditor";

    /// <summary>Member of a reviewer group 专家组: reviews what the group may, at its step; comes from <see cref="ReviewerGroup"/>, never from an assignment.</summary>
    public const string GroupReviewer = "group-reviewer";

    /// <summary>The three administrators: separated, so nobody is two of them.</summary>
    public static readonly IReadOnlySet<string> Administrators = new HashSet<string> { Administrator, SecurityAdministrator, Auditor };

    /// <summary>All that an assignment gives.</summary>
    public static readonly IReadOnlySet<string> All =
        new HashSet<string> { Reporter, Approver, CountyReviewer, CitySupervisor, ProvinceOwner, Administrator, SecurityAdministrator, Auditor };
}
