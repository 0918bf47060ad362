namespace Gengdu.Identity.People;

internal static class PeopleEndpoints
{
    public static void MapPeople(this WebApplication app)
    {
        var group = app.MapGroup("/api/identity").WithTags("People").RequireAuthorization();
        group.MapGet("/me", GetMe.HandleAsync).WithName("GetMe");
        group.MapPost("/people/batch", CreatePeople.HandleAsync).WithName("CreatePeople");
    }
}
