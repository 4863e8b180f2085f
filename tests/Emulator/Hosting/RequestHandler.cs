using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OssPayment.Emulator.Faults;
using OssPayment.Emulator.Operations;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Hosting;

/// <summary>Handles one HTTP request from its arrival to its answer, or to whatever a fault makes of it.</summary>
internal sealed class RequestHandler(EmulatorState state, CancellationToken stopping)
{
    private readonly OssService _service = new(state);

    public async Task HandleAsync(HttpContext context)
    {
        state.Counters.RequestStarted();
        try
        {
            RecordedRequest request = await RequestReader.ReadAsync(context);
            state.Requests.Add(request);
            using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
            await AnswerAsync(context, request, gone.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            context.Abort();
        }
        finally
        {
            state.Counters.RequestEnded();
        }
    }

    private async Task AnswerAsync(HttpContext context, RecordedRequest request, CancellationToken gone)
    {
        if (request.Via == Via.AbsoluteForm && ProxyGate.Refuse(request, state) is { } refused)
        {
            await SendAsync(context, request, refused, gone);
            return;
        }

        PreparedRequest prepared = _service.Prepare(request);
        Fault? fault = state.Faults.Take(request);
        if (state.Delay > TimeSpan.Zero)
        {
            await Task.Delay(state.Delay, gone);
        }

        if (fault is null)
        {
            await SendAsync(context, request, OssService.CarryOut(prepared), gone);
            return;
        }

        ConnectionTrail trail = context.Features.GetRequiredFeature<ConnectionTrail>();
        var stage = new FaultStage(
            request,
            new Lazy<Answer>(() => OssService.CarryOut(prepared)),
            prepared.Answers,
            new RawConnection(trail.Connection, trail.SocketOutput, context.Abort, gone),
            answer => SendAsync(context, request, answer, gone));
        await stage.PlayAsync(fault);
    }

    private static async Task SendAsync(
        HttpContext context, RecordedRequest request, Answer answer, CancellationToken gone)
    {
        HttpResponse response = context.Response;
        response.StatusCode = answer.Status;
        foreach (var header in answer.Headers)
        {
            response.Headers.Append(header.Key, header.Value);
        }

        request.Status = answer.Status;
        if (!answer.HasNoBody)
        {
            response.ContentLength ??= answer.Body.Length;
            if (request.Method != "HEAD")
            {
                await response.Body.WriteAsync(answer.Body, gone);
            }
        }
    }
}
