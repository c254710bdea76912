"""Checks deploy/; scripts/check-deploy runs it, with the schemas that it needs."""
import importlib.util
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
import time
import urllib.parse
import urllib.request

import jsonschema
import kubernetes_validate
import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"
COMPOSE = DEPLOY / "compose"
WEIR = pathlib.Path(sys.argv[1]).resolve()
# The oldest and the newest Kubernetes that the manifests are for.
KUBERNETES = ("1.30", "1.37")
# What systemd thinks of the unit, from 0 (safe) to 100.
MOST_EXPOSURE = "15"
faults = []


def fault(where, what):
    faults.append(f"{where}: {what}")


def documents(path):
    return [document for document in yaml.safe_load_all(path.read_text()) if document is not None]


def run(where, *command, **options):
    """Runs a program that has to be content."""
    result = subprocess.run(command, capture_output=True, text=True, **options)
    if result.returncode != 0:
        fault(where, f"{command[0]} says: {(result.stdout + result.stderr).strip()}")
    return result.stdout


def check_schema(where, document, schema):
    for error in jsonschema.Draft7Validator(schema).iter_errors(document):
        fault(where, f"{'/'.join(map(str, error.path))}: {error.message}")


# Compose


def check_compose():
    where = "compose.yaml"
    document = documents(COMPOSE / where)[0]
    package = importlib.util.find_spec("compose").submodule_search_locations[0]
    schema = json.loads((pathlib.Path(package) / "config/compose_spec.json").read_text())
    # Younger than the schema.
    check_schema(where, {key: value for key, value in document.items() if key != "name"}, schema)
    services = document["services"]
    for name, service in services.items():
        at = f"{where}, {name}"
        if not re.search(r":[\w.-]+$", service["image"]) or service["image"].endswith(":latest"):
            fault(at, f"its image {service['image']} has no version")
        if service.get("cap_drop") != ["ALL"] or not service.get("read_only"):
            fault(at, "has capabilities, or may write to its image")
        for port in service.get("ports", []):
            if not port.startswith("127.0.0.1:"):
                fault(at, f"port {port} is open to other machines")
        for other in service.get("depends_on", {}):
            if other not in services:
                fault(at, f"depends on {other}, which is not there")
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            if source.startswith(".") and not (COMPOSE / source).exists():
                fault(at, f"mounts {source}, which is not there")
            elif not source.startswith(".") and source not in document["volumes"]:
                fault(at, f"volume {source} is not declared")
        build = service.get("build")
        if build and not (COMPOSE / build / "Dockerfile").is_file():
            fault(at, f"there is no Dockerfile in {build}")
    run("workload.sh", "sh", "-n", str(COMPOSE / "workload.sh"))


def check_prometheus():
    """In a folder that looks as the container does."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(COMPOSE / "prometheus.yml", folder)
        shutil.copytree(ROOT / "alerts", pathlib.Path(folder) / "rules")
        said = run("prometheus.yml", "promtool", "check", "config", f"{folder}/prometheus.yml")
        if "1 rule files found" not in said:
            fault("prometheus.yml", "does not find the rules")
    run("alertmanager.yml", "amtool", "check-config", str(COMPOSE / "alertmanager.yml"))
    page = re.search(r"^inhibit_rules:\n.*?(?=^```)", (ROOT / "docs/prometheus-rules.md").read_text(), re.M | re.S)
    shown = yaml.safe_load(page[0])["inhibit_rules"] if page else None
    if documents(COMPOSE / "alertmanager.yml")[0]["inhibit_rules"] != shown:
        fault("alertmanager.yml", "its inhibit_rules are not those of docs/prometheus-rules.md")


def check_grafana():
    sources = documents(COMPOSE / "grafana/datasources.yml")[0]["datasources"]
    if [source["type"] for source in sources if source.get("isDefault")] != ["prometheus"]:
        fault("datasources.yml", "its default is not one Prometheus")
    services = documents(COMPOSE / "compose.yaml")[0]["services"]
    mounts = [volume.split(":")[:2] for volume in services["grafana"]["volumes"]]
    for provider in documents(COMPOSE / "grafana/dashboards.yml")[0]["providers"]:
        folders = [source for source, target in mounts if target == provider["options"]["path"]]
        if len(folders) != 1 or not list((COMPOSE / folders[0]).glob("*.json")):
            fault("dashboards.yml", f"there are no dashboards at {provider['options']['path']}")
        for path in (COMPOSE / folders[0]).glob("*.json") if folders else []:
            json.loads(path.read_text())
    home = pathlib.PurePosixPath(services["grafana"]["environment"]["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"])
    if not (ROOT / "dashboards" / home.name).is_file():
        fault("compose.yaml", f"Grafana's first page {home} is not there")


# Kubernetes


def built_by_hand(folder):
    """The resources that a kustomization lists and makes, without the hashes in their names."""
    where = f"{folder.name}/kustomization.yaml"
    (kustomization,) = documents(folder / "kustomization.yaml")
    unknown = kustomization.keys() - {"apiVersion", "kind", "namespace", "resources", "configMapGenerator", "images"}
    if unknown:
        fault(where, f"this check does not know {', '.join(sorted(unknown))}")
    resources = []
    for name in kustomization["resources"]:
        if (folder / name).is_file():
            resources += [(f"{folder.name}/{name}", document) for document in documents(folder / name)]
        else:
            fault(where, f"lists {name}, which is not there")
    for path in folder.glob("*.yaml"):
        if path.name != "kustomization.yaml" and path.name not in kustomization["resources"]:
            fault(where, f"does not list {path.name}")
    for generator in kustomization.get("configMapGenerator", []):
        data = {name: (folder / name).read_text() for name in generator["files"]}
        resource = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": generator["name"]}, "data": data}
        resources.append((where, resource))
    used = {container["image"] for _, resource in resources for container in containers(resource)}
    for image in kustomization.get("images", []):
        if image["name"] not in used:
            fault(where, f"no container has the image {image['name']}")
        used.discard(image["name"])
    for image in used:
        if ":" not in image or image.endswith(":latest"):
            fault(where, f"image {image} has no version")
    return resources


def pod_of(resource):
    return resource.get("spec", {}).get("template", {}).get("spec") if resource["kind"] != "ConfigMap" else None


def containers(resource):
    pod = pod_of(resource)
    return pod["containers"] if pod else []


def check_resource(where, resource):
    if resource["kind"] == "ScaledObject":
        check_scaled_object(where, resource)
        return
    if resource["kind"] == "PodMonitor":
        check_schema(where, resource, json.loads((ROOT / "scripts/schemas/podmonitor.json").read_text()))
        return
    for version in KUBERNETES:
        try:
            kubernetes_validate.validate(resource, version, strict=True)
        except kubernetes_validate.ValidationError as error:
            fault(where, f"not for Kubernetes {version}: {'/'.join(map(str, error.path))}: {error.message}")


def check_scaled_object(where, resource):
    """Of KEDA: what it asks must be a number in what weir answers, here about another stream."""
    spec = resource["spec"]
    if spec["minReplicaCount"] > spec["maxReplicaCount"] or "name" not in spec["scaleTargetRef"]:
        fault(where, "scales nothing")
    for trigger in spec["triggers"]:
        ask = trigger["metadata"]
        unknown = ask.keys() - {"url", "valueLocation", "targetValue", "activationTargetValue"}
        if trigger["type"] != "metrics-api" or unknown or not all(isinstance(value, str) for value in ask.values()):
            fault(where, f"its trigger is not one of a metrics-api, or has {unknown or 'values that are no strings'}")
        url = urllib.parse.urlsplit(ask["url"])
        query = dict(urllib.parse.parse_qsl(url.query, strict_parsing=True))
        if set(query) != {"target", "stream", "group"}:
            fault(where, f"asks about {', '.join(query)}: it may be given another group than the one that is meant")
        query |= {"target": "demo", "stream": "orders", "group": "shippers"}
        value = answer_of_demo(f"{url.path}?{urllib.parse.urlencode(query)}", ask["valueLocation"].split("."))
        if not isinstance(value, (int, float)):
            fault(where, f"{ask['valueLocation']} of {ask['url']} is {value!r}, not a number")


def answer_of_demo(request, path):
    """The value at the path in a weir's answer; what is wrong where there is none within 20 s."""
    # The port is weir's choice; it says which.
    with subprocess.Popen([WEIR, "demo", "--port", "0"], stderr=subprocess.PIPE, text=True) as weir:
        try:
            page = next(match[0] for line in weir.stderr if (match := re.search(r"http://[\d.:]+", line)))
            end = time.monotonic() + 20
            while True:
                try:
                    with urllib.request.urlopen(page + request, timeout=5) as answer:
                        value = json.load(answer)
                    for part in path:
                        value = value[int(part) if part.isdigit() else part]
                    if value is not None or time.monotonic() > end:
                        return value
                except (OSError, LookupError) as error:
                    if time.monotonic() > end:
                        return repr(error)
                time.sleep(0.2)
        finally:
            weir.terminate()


def check_pod(where, resource, resources):
    pod = pod_of(resource)
    labels = resource["spec"]["template"]["metadata"]["labels"]
    context = pod.get("securityContext", {})
    if not context.get("runAsNonRoot") or context.get("runAsUser") != 65532:
        fault(where, "its user is not 65532")
    if context.get("seccompProfile") != {"type": "RuntimeDefault"}:
        fault(where, "has no seccomp profile")
    if pod.get("automountServiceAccountToken") is not False:
        fault(where, "is given a token of Kubernetes")
    made = {(other["kind"], other["metadata"]["name"]) for _, other in resources}
    claims = {claim["metadata"]["name"] for claim in resource["spec"].get("volumeClaimTemplates", [])}
    volumes = {volume["name"]: volume for volume in pod["volumes"]}
    for volume in volumes.values():
        if "configMap" in volume and ("ConfigMap", volume["configMap"]["name"]) not in made:
            fault(where, f"there is no ConfigMap {volume['configMap']['name']}")
        claim = volume.get("persistentVolumeClaim", {}).get("claimName")
        if claim and ("PersistentVolumeClaim", claim) not in made:
            fault(where, f"there is no PersistentVolumeClaim {claim}")
    for container in pod["containers"]:
        at = f"{where}, {container['name']}"
        wanted = {
            "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]},
        }
        if container.get("securityContext") != wanted:
            fault(at, f"its securityContext is not {wanted}")
        if "memory" not in container["resources"]["limits"] or "env" in container:
            fault(at, "has no limit of memory, or takes something from the environment")
        for mount in container["volumeMounts"]:
            if mount["name"] not in volumes.keys() | claims:
                fault(at, f"mounts {mount['name']}, which is not there")
        if container["name"] == "weir":
            check_weir(at, container)
    ports = {port["name"] for container in pod["containers"] for port in container["ports"]}
    for place, other in resources:
        spec = other.get("spec", {})
        if other["kind"] == "PodMonitor":
            chosen, used = spec["selector"]["matchLabels"], {end["port"] for end in spec["podMetricsEndpoints"]}
        elif other["kind"] == "NetworkPolicy":
            chosen = spec["podSelector"]["matchLabels"]
            used = {port["port"] for rule in spec["ingress"] for port in rule["ports"]}
        elif other["kind"] == "Service":
            chosen, used = spec["selector"], {port["targetPort"] for port in spec["ports"]}
        else:
            continue
        if not chosen.items() <= labels.items():
            fault(place, f"does not choose the pods of {where}")
        if not used <= ports:
            fault(place, f"the pods of {where} have no port {', '.join(used - ports)}")


def check_weir(where, container):
    probes = [container.get(kind, {}).get("httpGet", {}).get("path") for kind in ("livenessProbe", "readinessProbe")]
    if probes != ["/livez", "/readyz"]:
        fault(where, f"its probes are {probes}")
    mounts = {mount["mountPath"]: mount for mount in container["volumeMounts"]}
    if not all(mounts.get(path, {}).get("readOnly") for path in ("/etc/weir", "/run/secrets/weir")):
        fault(where, "its configuration and its secrets are not mounted, or may be written to")
    if "/var/lib/weir" not in mounts:
        fault(where, "has no volume for its state")


def check_kubernetes():
    for folder in sorted(path.parent for path in (DEPLOY / "kubernetes").glob("*/kustomization.yaml")):
        resources = built_by_hand(folder)
        for where, resource in resources:
            check_resource(where, resource)
            if pod_of(resource):
                check_pod(where, resource, resources)
        # Where there is a kustomize it has to build the same.
        if shutil.which("kubectl"):
            built = list(yaml.safe_load_all(run(folder.name, "kubectl", "kustomize", str(folder))))
            kinds = sorted(resource["kind"] for _, resource in resources)
            if sorted(resource["kind"] for resource in built) != kinds:
                fault(folder.name, f"kustomize does not make of it what it lists: {kinds}")
            for resource in built:
                check_resource(f"{folder.name}, built", resource)


# README.md


def check_readme():
    """Its first steps: the container in a pod, and the configuration of Prometheus."""
    section = re.search(r"^## From nothing to a dashboard\n(.*?)^## ", (ROOT / "README.md").read_text(), re.M | re.S)
    blocks = re.findall(r"^ *```yaml\n(.*?)^ *```", section[1] if section else "", re.M | re.S)
    if len(blocks) != 2:
        fault("README.md", f"shows {len(blocks)} files to begin with, not 2")
        return
    pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "redis"}}
    check_resource("README.md", pod | {"spec": {"containers": yaml.safe_load(blocks[0])}})
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(ROOT / "alerts/weir.rules.yml", folder)
        path = pathlib.Path(folder) / "prometheus.yml"
        path.write_text(textwrap.dedent(blocks[1]))
        run("README.md", "promtool", "check", "config", str(path))


# systemd


def check_systemd():
    unit = (DEPLOY / "systemd/weir.service").read_text()
    if unit.count("ExecStart=/usr/local/bin/weir ") != 1:
        fault("weir.service", "does not start /usr/local/bin/weir")
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "weir.service"
        path.write_text(unit.replace("/usr/local/bin/weir", str(WEIR)))
        # Units of the machine that it wants to look at as well may be missing in a container.
        result = subprocess.run(["systemd-analyze", "verify", path], capture_output=True, text=True)
        for line in result.stderr.splitlines():
            if "weir.service" in line:
                fault("weir.service", line)
        run("weir.service", "systemd-analyze", "security", "--offline=true", f"--threshold={MOST_EXPOSURE}", str(path))
    (credential,) = re.findall(r"^LoadCredential=(\w+):", unit, re.M)
    for target in documents(DEPLOY / "systemd/weir.yml")[0]["targets"]:
        if target["password_file"] != f"/run/credentials/weir.service/{credential}":
            fault("systemd/weir.yml", "does not take the password that the unit loads")


def check_configurations():
    paths = sorted(DEPLOY.glob("**/weir.yml"))
    if len(paths) != 4:
        fault("deploy", f"has {len(paths)} configurations of weir, not 4")
    for path in paths:
        run(path.relative_to(ROOT), str(WEIR), "check", str(path))
        for target in documents(path)[0]["targets"]:
            if "password" in target:
                fault(path.relative_to(ROOT), "holds a password")


def check_web_configurations():
    """In a folder with the certificates that they name."""
    paths = sorted((DEPLOY / "web-config").glob("*.yml"))
    with tempfile.TemporaryDirectory() as folder:
        words = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=weir"
        run("web-config", *words.split(), "-keyout", "weir.key", "-out", "weir.crt", cwd=folder)
        shutil.copy(f"{folder}/weir.crt", f"{folder}/clients-ca.crt")
        for path in paths:
            copy = shutil.copy(path, folder)
            run(path.relative_to(ROOT), "promtool", "check", "web-config", copy)
            run(path.relative_to(ROOT), str(WEIR), "check", f"--web.config.file={copy}", DEPLOY / "systemd/weir.yml")
    if len(paths) != 2:
        fault("web-config", f"has {len(paths)} files, not 2")


check_compose()
check_prometheus()
check_grafana()
check_kubernetes()
check_readme()
check_systemd()
check_configurations()
check_web_configurations()
if faults:
    sys.exit("\n".join(map(str, faults)))
print("deploy/ is as it should be")
