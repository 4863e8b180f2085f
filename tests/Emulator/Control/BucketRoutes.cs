using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Control;

/// <summary>Looking at buckets, and putting them in place.</summary>
internal static class BucketRoutes
{
    public static void Map(IEndpointRouteBuilder routes, EmulatorState state)
    {
        routes.MapGet("/buckets/{name}", (string name) => state.Buckets.Find(name) is { } bucket
            ? Results.Ok(Describe(bucket))
            : Results.NotFound());
        routes.MapPut("/buckets/{name}", (string name, BucketRequest request) =>
        {
            state.Buckets.Add(name, request.Region).Payer = request.Payer;
            return Results.NoContent();
        });
        routes.MapDelete("/buckets/{name}", (string name) =>
            state.Buckets.Remove(name) ? Results.NoContent() : Results.NotFound());
        routes.MapPost("/buckets/fleet", (FleetRequest request) =>
        {
            state.Buckets.AddFleet(request.Count, request.Prefix, request.Regions);
            return Results.NoContent();
        });
        routes.MapPut("/buckets/{name}/qos/{uid}", (string name, string uid, QoSConfiguration configuration) =>
        {
            if (state.Buckets.Find(name) is not { } bucket)
            {
                return Results.NotFound();
            }

            bucket.Requesters.Set(uid, configuration);
            return Results.NoContent();
        });
    }

    private static object Describe(Bucket bucket) => new
    {
        bucket.Name,
        bucket.Region,
        bucket.Payer,
        Qos = bucket.Requesters.After(null),
    };
}
