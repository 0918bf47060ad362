using Gengdu.ServiceDefaults;
using Gengdu.Sheets;
using Microsoft.AspNetCore.Mvc;

namespace Gengdu.Reporting.Masters;

internal static class MasterEndpoints
{
    public static void MapMasters(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/reporting/master-figures").WithTags("Master figures").RequireAuthorization()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);
        group.MapGet("", ListMasterFigures.HandleAsync).WithName("ListMasterFigures");
        group.MapGet("/sources", ListMasterSources.HandleAsync).WithName("ListMasterSources");
        group.MapPut("", PutMasterFigures.HandleAsync).WithName("PutMasterFigures").ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        group.MapPost("/imports", ImportMasterFigures.HandleAsync).WithName("ImportMasterFigures").Accepts<IFormFile>("multipart/form-data").DisableAntiforgery()
            .WithMetadata(new RequestSizeLimitAttribute(MasterFile.LargestFile + Upload.Wrapping)).WithLongWork(TimeSpan.FromMinutes(1.9)).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        group.MapGet("/imports/template", GetMasterTemplate.Handle).WithName("GetMasterTemplate");
    }
}
